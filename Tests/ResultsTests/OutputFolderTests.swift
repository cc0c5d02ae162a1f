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
}
