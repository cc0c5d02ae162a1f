import ArgumentParser

@main struct Simcoord: ParsableCommand {}
