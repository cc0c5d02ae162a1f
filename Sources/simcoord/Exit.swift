import ArgumentParser
import Bottleneck
import Foundation
import Graph
import Inference
import Results
import Runtime
import Scenario

/// Turns an error into a message and an exit code.
enum Exit {
    static let expectationFailed = ExitCode(1)
    static let comparisonFailed = ExitCode(1)
    static let invalidInput = ExitCode(2)
    static let invalidRun = ExitCode(3)
    static let internalFailure = ExitCode(4)
    static let interrupted = ExitCode(130)

    static func end(with error: any Error) -> Never {
        switch error {
        case ResultsError.database, ResultsError.fileNotWritten:
            fail("\(error)", internalFailure)
        case is ScenarioProblems, is InvalidInput, is GraphError, is ResultsError,
            is BottleneckError:
            fail("\(error)", invalidInput)
        case is InterruptedRun, RuntimeError.interrupted:
            fail("\(error)", interrupted)
        case is RuntimeError, is InferenceError, is StandardOutput.Lost:
            fail("\(error)", internalFailure)
        default:
            // ArgumentParser's own: help and version exit with 0, wrong usage is invalid input.
            let code = Simcoord.exitCode(for: error)
            let text = Simcoord.fullMessage(for: error)
            if code.isSuccess {
                if !text.isEmpty { print(text) }
                leave(.success)
            }
            if error is ExitCode { leave(code) }
            fail(text, code == .validationFailure ? invalidInput : internalFailure)
        }
    }

    /// Ends with `code`, or says that what was printed is lost.
    private static func leave(_ code: ExitCode) -> Never {
        do {
            try StandardOutput.flush()
        } catch {
            fail("\(error)", internalFailure)
        }
        exit(code.rawValue)
    }

    private static func fail(_ text: String, _ code: ExitCode) -> Never {
        // What was printed before is read before.
        fflush(nil)
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
        exit(code.rawValue)
    }
}
