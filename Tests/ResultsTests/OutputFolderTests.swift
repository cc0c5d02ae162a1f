import Foundation
import Results
import Testing

@Suite struct OutputFolderTests {
    @Test func aForeignFolderIsNotOverwritten() throws {
        try withTemporaryFolder { path in
            try Data("thesis".utf8).write(to: URL(fileURLWithPath: path + "/thesis.tex"))
            #expect(throws: ResultsError.folderNotOurs(folder: path, entry: "thesis.tex")) {
                try OutputFolder.create(at: path)
            }
            #expect(FileManager.default.fileExists(atPath: path + "/thesis.tex"))
        }
    }

    @Test func aDatabaseOfAnotherProgramIsNotOverwritten() throws {
        try withTemporaryFolder { path in
            let file = path + "/results.sqlite"
            try Data("SQLite format 3".utf8).write(to: URL(fileURLWithPath: file))
            #expect(throws: ResultsError.folderNotOurs(folder: path, entry: "results.sqlite")) {
                try OutputFolder.create(at: path)
            }
        }
    }

    /// Of a run that was killed, or whose disk was full, before it had written anything.
    @Test func anEmptyDatabaseIsReplaced() throws {
        try withTemporaryFolder { path in
            try Data().write(to: URL(fileURLWithPath: path + "/results.sqlite"))
            let folder = try OutputFolder.create(at: path)
            #expect(!folder.contains(.database))
        }
    }

    @Test func anEarlierRecordIsReplaced() throws {
        try withTemporaryFolder { path in
            try summarize(variedRecords(), folder: try OutputFolder.create(at: path))
            let folder = try OutputFolder.create(at: path)
            #expect(!folder.contains(.summary) && !folder.contains(.database))
        }
    }

    @Test func aFolderHasOneWriter() throws {
        try withTemporaryFolder { path in
            let folder = path + "/run"
            let first = try OutputFolder.create(at: folder)
            #expect {
                try OutputFolder.create(at: folder)
            } throws: { error in
                "\(error)".contains("another run is writing into it")
            }
            try first.write("{}", to: .summary)
        }
    }

    @Test func aFileInPlaceOfTheFolderIsSaid() throws {
        try withTemporaryFolder { path in
            let file = path + "/taken"
            try Data().write(to: URL(fileURLWithPath: file))
            #expect {
                try OutputFolder.create(at: file)
            } throws: { error in
                guard case .folderUnusable(file, _)? = error as? ResultsError else { return false }
                return "\(error)".contains("--out")
            }
        }
    }

    @Test func aSummaryThatIsNotOneIsSaid() throws {
        try withTemporaryFolder { path in
            let folder = OutputFolder(existing: path)
            #expect(throws: ResultsError.missingFile(folder: path, file: "summary.json")) {
                try folder.readSummary()
            }
            for text in ["", "{", "[]", "{\"schema\": 1}", "{\"schema\": 99}"] {
                try folder.write(text, to: .summary)
                #expect(throws: ResultsError.self) { try folder.readSummary() }
            }
        }
    }

    @Test(arguments: [true, false])
    func aFullDiskAsksForLessOnlyWhereThereIsLess(keepsRequests: Bool) {
        let error = ResultsError.database(
            path: "run/results.sqlite",
            activity: "recording requests",
            cause: "database or disk is full",
            isDiskFull: true,
            keepsRequests: keepsRequests
        )
        #expect("\(error)".contains("--record none") == keepsRequests)
        #expect("\(error)".contains("choose another --out"))
    }

    /// What is no database is invalid input, and no failure to write one.
    @Test func aRecordThatCannotBeReadIsSaid() throws {
        try withTemporaryFolder { path in
            for name in ["first", "second"] {
                let folder = try OutputFolder.create(at: path + "/" + name)
                try summarize(variedRecords(), folder: folder)
            }
            let second = OutputFolder(existing: path + "/second")
            try Data(repeating: 7, count: 4096)
                .write(to: URL(fileURLWithPath: second.path(of: .database)))
            #expect {
                try RunComparison(first: OutputFolder(existing: path + "/first"), second: second)
            } throws: { error in
                guard case .unreadableFile? = error as? ResultsError else { return false }
                return true
            }
        }
    }
}
