import Foundation

/// Small files of kinds that the encoders here do not write, made with Pillow 13.0; those with fewer than 8
/// bits a sample and the interlaced one by the PNG specification, and read by Pillow.
enum OtherFile {
    /// An index of 2 bits into red, green, blue and (9, 8, 7): (column + row) mod 4, 5 by 3 pixels.
    static let palette = bytes(
        """
        iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAgMAAAAmWC1rAAAADFBMVEX/AAAA/wAAAP8JCAei0mLAAAAAEUlEQVR4\
        nGOQZmAJvMLiKgIABogBoqvmt1sAAAAASUVORK5CYII=
        """
    )

    /// The same, its blue transparent.
    static let transparentPalette = bytes(
        """
        iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAgMAAAAmWC1rAAAADFBMVEX/AAAA/wAAAP8JCAei0mLAAAAAA3RSTlP/\
        /wDXyg1BAAAAEUlEQVR4nGOQZmAJvMLiKgIABogBoqvmt1sAAAAASUVORK5CYII=
        """
    )

    /// Gray, one of its levels transparent.
    static let transparentGray = bytes(
        """
        iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAAAAADbboAnAAAAAnRSTlMAHoyc8FsAAAAYSURBVHicY5RjY2NjZ2Nj\
        Y+HFYPDhlAIAKicBeC9Go7UAAAAASUVORK5CYII=
        """
    )

    /// RGB, one of its colours transparent.
    static let transparentRGB = bytes(
        """
        iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAABnRSTlMAHgAoADJP/2iqAAAAH0lEQVR4nGOU0zDi\
        4eHh5eXl4eFhkZKSQnCkpaXhHAA0YwJu4EJgPAAAAABJRU5ErkJggg==
        """
    )

    /// 1 bit a sample: (column + row) mod 2, 5 by 3 pixels.
    static let gray1 = bytes(
        """
        iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAQAAAABzTfhVAAAADklEQVR42mMIYFjBEAAAA94BSWqoxpcAAAAASUVO\
        RK5CYII=
        """
    )

    /// 2 bits a sample: (column + row) mod 4, 5 by 3 pixels.
    static let gray2 = bytes(
        """
        iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAgAAAAA07YKFAAAAEUlEQVR42mOQZmDIcWDY2AAABd8B+dzmLmcAAAAA\
        SUVORK5CYII=
        """
    )

    /// 4 bits a sample: (column + row) mod 16, 5 by 3 pixels.
    static let gray4 = bytes(
        """
        iVBORw0KGgoAAAANSUhEUgAAAAUAAAADBAAAAAC7rXclAAAAFElEQVR42mNgVHZgEDIJYFB2TQAACE4Bw/0dwCgA\
        AAAASUVORK5CYII=
        """
    )

    /// `picture(8, 8, .gray)` in seven passes.
    static let interlaced = bytes(
        """
        iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAAGWY9HBAAAAV0lEQVR42mOQYzBncItn0HJmCMpmMLLzDmeISiuu\
        Z1AxsPVksHAJjGXwiUgtZEjIqWxl0NAzsXJ09w1msHHy8AuNTkxnCAiLScrML61mSMkqKKtt7uwHANd5FaEQ+wzN\
        AAAAAElFTkSuQmCC
        """
    )

    /// `picture(8, 8, .gray)`, of quality 95.
    static let progressive = bytes(
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJ\
        BwYGCAsICQoKCgoKBggLDAsKDAkKCgr/wgALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAB//aAAgBAQAA\
        AAEs/8QAFhAAAwAAAAAAAAAAAAAAAAAAAAUG/9oACAEBAAEFAkckf//EABYQAAMAAAAAAAAAAAAAAAAAAAABI//a\
        AAgBAQAGPwJTP//EABUQAQEAAAAAAAAAAAAAAAAAAADx/9oACAEBAAE/IYr/2gAIAQEAAAAQf//EABUQAQEAAAAA\
        AAAAAAAAAAAAAACh/9oACAEBAAE/EJb/AP/Z
        """
    )

    /// Four inks.
    static let cmyk = bytes(
        """
        /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3\
        OFBtUVdfYmdoZz5NcXlwZHhcZWdj/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAUE\
        B//EABcQAAMBAAAAAAAAAAAAAAAAAAAEITH/2gAOBEMATQBZAEsAAD8AKVQyB6qGQkVQyGgH/9k=
        """
    )

    /// Without loss, with an alpha channel.
    static let alphaWebP = bytes(
        """
        UklGRiYAAABXRUJQVlA4TBkAAAAvA8AAEAdQgVQIIAAKGgJJW7ztj4+I6H8AAA==
        """
    )

    /// Two frames.
    static let animatedWebP = bytes(
        """
        UklGRo4AAABXRUJQVlA4WAoAAAACAAAAAwAAAwAAQU5JTQYAAAAAAAAAAABBTk1GLAAAAAAAAAAAAAMAAAMAAGQA\
        AAJWUDhMFAAAAC8DwAAAB1CBUAggAAqa/seIiP4HQU5NRi4AAAAAAAAAAAADAAADAABkAAAAVlA4TBUAAAAvA8AA\
        AAdQgcooBBAABU3/Y0RE/wMA
        """
    )

    private static func bytes(_ base64: String) -> [UInt8] {
        guard let data = Data(base64Encoded: base64) else {
            preconditionFailure("a file is written in base 64")
        }
        return [UInt8](data)
    }
}
