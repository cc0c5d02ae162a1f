/// What predictions are compared with.
package enum AccuracyReference: String, Codable, Sendable {
    /// The classes that the data set states.
    case labels
    /// What the whole network predicts, for a data set without classes: accuracy is agreement with it.
    case uncutNetwork = "uncut network"
}
