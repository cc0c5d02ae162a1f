import Cluster
import Scenario
import SimulationCore

/// A replica's rules by scanning one list; nothing is kept that can be recomputed.
///
/// One queue for each entry tensor, in order of arrival. A free slot takes up to `batch.max` of a queue that holds as many, or
/// whose oldest has waited for `batch.wait`; of several such queues the one whose oldest arrived first.
struct ReferenceReplica {
    let group: EdgeGroup
    let entryOfPoint: [Int]
    var queue: [EdgeTask] = []
    var busy: [Int: [EdgeTask]] = [:]

    private func waiting(entry: Int) -> [EdgeTask] {
        queue.filter { entryOfPoint[Int($0.operatingPoint)] == entry }
    }

    private func isReady(_ tasks: [EdgeTask], at time: SimulationTime) -> Bool {
        guard let oldest = tasks.first else { return false }
        return tasks.count >= group.batch.max || time - oldest.arrived >= group.batch.wait
    }

    /// Admits a request unless it would have to wait in a full queue.
    mutating func arrive(_ task: EdgeTask, at time: SimulationTime) -> Bool {
        var after = self
        after.queue.append(task)
        let goesAtOnce = after.startBatch(at: time).map { after.busy[$0] ?? [] }?.contains {
            $0.sequence == task.sequence
        }
        guard queue.count < group.queue || goesAtOnce == true else { return false }
        queue.append(task)
        return true
    }

    /// The slot that takes a batch, if any.
    mutating func startBatch(at time: SimulationTime) -> Int? {
        guard let slot = (0..<group.slots).first(where: { busy[$0] == nil }) else { return nil }
        let ready = Set(entryOfPoint).sorted().map(waiting).filter { isReady($0, at: time) }
        guard let oldest = ready.compactMap({ $0.first?.arrived }).min(),
            let tasks = ready.first(where: { $0.first?.arrived == oldest })
        else { return nil }
        let batch = Array(tasks.prefix(group.batch.max))
        queue.removeAll { task in batch.contains { $0.sequence == task.sequence } }
        busy[slot] = batch
        return slot
    }

    /// The first instant from `time` on at which something becomes ready by itself.
    func wakeUp(after time: SimulationTime) -> SimulationTime? {
        guard busy.count < group.slots else { return nil }
        return queue.map { $0.arrived + group.batch.wait }.min()
    }
}
