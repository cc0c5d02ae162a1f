/// Text that is not JSON with comments: where, what is wrong and what to write.
struct JSONSyntaxError: Error, Equatable {
    var location: Location
    var problem: String
    var remedy: String
}
