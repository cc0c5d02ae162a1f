import Runtime

// A real little program for the tests of worker processes: a worker, or a coordinator of some.
FixtureCommand.run(Array(CommandLine.arguments.dropFirst()))
