import Testing

/// Runs the built `simcoord` as a user does.
///
/// One test at a time: the processes that a run starts compete for the processors.
@Suite(.serialized, .sharedCache) struct EndToEndTests {}
