import GRDBSQLite

/// Strings as C strings that live as long as the pool, so that binding one to a statement copies nothing.
final class TextPool {
    private let texts: [UnsafeMutablePointer<CChar>]

    init(_ strings: [String]) {
        texts = strings.map { string in
            let bytes = string.utf8CString
            let text = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
            for (offset, byte) in bytes.enumerated() { text[offset] = byte }
            return text
        }
    }

    deinit { for text in texts { text.deallocate() } }

    /// Binds the string at `index` to a parameter.
    ///
    /// The pool must outlive the statement's execution.
    func bind(_ index: Int, to statement: OpaquePointer, at parameter: Int32) {
        // A nil destructor says that the memory stays as it is (SQLITE_STATIC).
        sqlite3_bind_text(statement, parameter, texts[index], -1, nil)
    }
}
