import Cluster

/// Values by a request's handle, which counts from 0 and is used again.
struct HandleTable<Value> {
    private var values: [Value?] = []

    /// Above all handles that have had a value.
    var bound: RequestHandle { RequestHandle(values.count) }

    /// Nil where there is none.
    subscript(handle: RequestHandle) -> Value? {
        _read {
            if handle < values.count { yield values[Int(handle)] } else { yield nil }
        }
        _modify {
            while values.count <= handle { values.append(nil) }
            yield &values[Int(handle)]
        }
    }

    /// Takes out a value; nil if there is none.
    mutating func removeValue(for handle: RequestHandle) -> Value? {
        guard handle < values.count else { return nil }
        return values[Int(handle)].take()
    }
}
