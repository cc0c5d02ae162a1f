public import BasicContainers
public import CPrefetch

extension UniqueArray where Element: ~Copyable {
    /// Has the processor fetch an element into its caches while it does something else.
    ///
    /// The state of a million devices lies in no cache, and a wait for each part of it takes longer than all
    /// that is computed with it. Known a few dozen events ahead, the parts come together.
    @inlinable public func prefetch(_ index: Int) {
        span.withUnsafeBufferPointer { elements in
            guard let first = elements.baseAddress else { return }
            let start = UnsafeRawPointer(first + index)
            var offset = 0
            while offset < MemoryLayout<Element>.size {
                cprefetch(start + offset)
                offset += 64
            }
            cprefetch(start + (MemoryLayout<Element>.size - 1))
        }
    }
}
