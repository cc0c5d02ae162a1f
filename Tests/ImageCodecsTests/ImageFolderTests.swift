import Foundation
import Testing

@testable import ImageCodecs

@Suite struct ImageFolderTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "ImageFolderTests-\(UUID().uuidString)")

    private func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: file)
    }

    private func withFolder(_ body: () throws -> Void) throws {
        defer {
            do {
                try FileManager.default.removeItem(at: folder)
            } catch {
                Issue.record(error)
            }
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try body()
    }

    @Test func filesAreListedInTheOrderOfTheirBytes() throws {
        try withFolder {
            let png = try PNG.encode(picture(4, 4, .gray))
            for name in [
                "b.PNG", "a/é.jpg", "a/z.jpeg", "B.png", "notes.txt", ".hidden.png", ".x/y.png",
            ] {
                try write(name, png)
            }
            let images = try ImageFolder(path: folder.path)
            #expect(images.files == ["B.png", "a/z.jpeg", "a/é.jpg", "b.PNG"])
            #expect(images.path(of: 1) == folder.path + "/a/z.jpeg")
        }
    }

    private func link(_ name: String, to destination: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: name).path,
            withDestinationPath: destination
        )
    }

    /// A link to a folder, to the folder listed, to an image, and back to a folder on the way.
    @Test func linksAreFollowedButNotInCircles() throws {
        try withFolder {
            try write("a/b/x.png", [])
            try link("a/b/back", to: "../..")
            try link("linked", to: "a/b")
            try link("y.png", to: "a/b/x.png")
            try link("self", to: ".")
            let files = ["a/b/x.png", "linked/x.png", "y.png"]
            #expect(try ImageFolder(path: folder.path).files == files)
            let link = folder.path + "-link"
            try FileManager.default.createSymbolicLink(
                atPath: link,
                withDestinationPath: folder.path
            )
            defer { unlink(link) }
            #expect(try ImageFolder(path: link).files == files)
        }
    }

    @Test func linksToNothingAreRefused() throws {
        try withFolder {
            try write("x.png", [])
            try link("gone", to: "nowhere")
            let error = #expect(throws: ImageFileError.self) { try ImageFolder(path: folder.path) }
            #expect(error?.file == folder.path + "/gone")
        }
    }

    @Test func onlyRegularFilesAreImages() throws {
        try withFolder {
            try write("folder.png/x.jpg", [])
            #expect(mkfifo(folder.path + "/pipe.png", 0o600) == 0)
            #expect(try ImageFolder(path: folder.path).files == ["folder.png/x.jpg"])
        }
    }

    @Test func namesThatAreNotUTF8AreRefused() throws {
        try withFolder {
            let path = Array(folder.path.utf8CString.dropLast()) + [0x2F, -1, 0x2E, 0x70, 0]
            close(creat(path, 0o600))
            defer { unlink(path) }
            let error = #expect(throws: ImageFileError.self) { try ImageFolder(path: folder.path) }
            #expect(error?.file == folder.path + "/\u{FFFD}.p")
            #expect(error?.problem == "its name is not in UTF-8")
        }
    }

    /// The file has a size, and takes no room.
    @Test func hugeFilesAreRefusedUnread() throws {
        try withFolder {
            try write("x.png", PNG.encode(picture(4, 4, .gray)))
            try write("y.png", [])
            let images = try ImageFolder(path: folder.path)
            let huge = images.path(of: 1)
            #expect(truncate(huge, 1 << 40) == 0)
            let image = #expect(throws: ImageFileError.self) { try images.image(1) }
            #expect(image?.problem == "it is larger than 256 MiB")
            let labels = #expect(throws: ImageFileError.self) { try images.labels(path: huge) }
            #expect(labels?.problem == "it is larger than 512 MiB")
            let folders = #expect(throws: ImageFileError.self) {
                try images.labels(path: folder.path)
            }
            #expect(folders?.problem == "it is not a regular file")
        }
    }

    @Test func theRemedyOfALargeImageIsASmallerOne() throws {
        try withFolder {
            var file = try JPEG.encode(picture(16, 16, .gray), quality: 75)
            let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
            // The height's upper byte: 8208 pixels.
            file[frame + 5] = 0x20
            try write("x.jpg", file)
            let images = try ImageFolder(path: folder.path)
            let error = #expect(throws: ImageFileError.self) { try images.image(0) }
            #expect(error?.remedy == "give a smaller image, or remove it from the folder")
        }
    }

    @Test func aByteOrderMarkIsNoPartOfTheHeader() throws {
        try withFolder {
            try write("a.png", [])
            try write("labels.csv", Array("\u{FEFF}file,class_index\na.png,5\n".utf8))
            let images = try ImageFolder(path: folder.path)
            #expect(try images.labels(path: folder.path + "/labels.csv") == [5])
        }
    }

    @Test func theFormatIsThatOfTheBytes() throws {
        try withFolder {
            let image = picture(40, 30, .rgb)
            try write("a.JPEG", PNG.encode(image))
            try write("b.png", JPEG.encode(image, quality: 95))
            let images = try ImageFolder(path: folder.path)
            #expect(try images.image(0) == image)
            #expect(distance(try images.image(1), image) < 3)
        }
    }

    @Test func whatIsNoImageIsRefusedByName() throws {
        try withFolder {
            try write("a.png", Array("GIF89a".utf8))
            try write("b.png", Array(PNG.encode(picture(4, 4, .gray)).dropLast(9)))
            let images = try ImageFolder(path: folder.path)
            for index in 0..<2 {
                let error = #expect(throws: ImageFileError.self) { try images.image(index) }
                #expect(error?.file == images.path(of: index))
            }
        }
    }

    @Test func foldersWithoutImagesAreRefused() throws {
        try withFolder {
            try write("notes.txt", [])
            let empty = #expect(throws: ImageFileError.self) { try ImageFolder(path: folder.path) }
            #expect(empty?.problem == "no file in it ends in .jpg, .jpeg or .png")
            let missing = folder.appending(path: "missing").path
            let error = #expect(throws: ImageFileError.self) { try ImageFolder(path: missing) }
            #expect(error?.file == missing)
        }
    }

    /// Two names that are one string to Unicode and two files to the system.
    @Test func labelsTellNamesApartByTheirBytes() throws {
        try withFolder {
            let png = try PNG.encode(picture(4, 4, .gray))
            let names = ["e\u{301}.png", "\u{e9}.png"]
            for name in names { try write(name, png) }
            let table = "file,class_index\n\(names[0]),1\n\(names[1]),2\n"
            try write("labels.csv", Array(table.utf8))
            let images = try ImageFolder(path: folder.path)
            #expect(images.files.count == 2)
            #expect(try Set(images.labels(path: folder.path + "/labels.csv")) == [1, 2])
        }
    }

    @Test func labelsAreReadByTheNamesOfTheColumns() throws {
        try withFolder {
            let png = try PNG.encode(picture(4, 4, .gray))
            for name in ["a.png", "b, c.png"] { try write(name, png) }
            let table = "wnid,class_index,file\r\nn1,7,\"b, c.png\"\r\nn2,3,a.png\r\n"
            try write("labels.csv", Array(table.utf8))
            let images = try ImageFolder(path: folder.path)
            #expect(try images.labels(path: folder.path + "/labels.csv") == [3, 7])
        }
    }

    @Test(arguments: [
        ("", "its first line does not name the columns file and class_index"),
        ("file,label\na.png,1\n", "its first line does not name the columns file and class_index"),
        ("file,class_index\na.png,1\n", "it has no line for the image “b.png”"),
        ("file,class_index\na.png,1\na.png,1\n", "line 3 names the image “a.png” again"),
        ("file,class_index\na.png\n", "line 2 has 1 columns"),
        ("file,class_index\na.png,-1\n", "line 2 has the class “-1”"),
        ("file,class_index\na.png,cat\n", "line 2 has the class “cat”"),
    ])
    func faultyLabelsAreRefused(text: String, problem: String) throws {
        try withFolder {
            let png = try PNG.encode(picture(4, 4, .gray))
            for name in ["a.png", "b.png"] { try write(name, png) }
            try write("labels.csv", Array(text.utf8))
            let images = try ImageFolder(path: folder.path)
            let path = folder.path + "/labels.csv"
            let error = #expect(throws: ImageFileError.self) { try images.labels(path: path) }
            #expect(error?.file == path)
            #expect(error?.problem == problem)
        }
    }

    @Test func aLabelOfAMissingImageIsRefused() throws {
        try withFolder {
            try write("a.png", PNG.encode(picture(4, 4, .gray)))
            try write("labels.csv", Array("file,class_index\nc.png,1\n".utf8))
            let images = try ImageFolder(path: folder.path)
            let error = #expect(throws: ImageFileError.self) {
                try images.labels(path: folder.path + "/labels.csv")
            }
            #expect(
                error?.problem == "line 2 names the image “c.png”, which is not in \(folder.path)"
            )
        }
    }
}
