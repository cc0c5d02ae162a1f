// The hold model on std::priority_queue, whose events have the order of ours: time, then a sequence.
//
//     hold_heap FILE PENDING OPERATIONS

#include "hold.hpp"

#include <queue>

struct HeapQueue {
    struct Event {
        int64_t time;
        uint64_t sequence;
        uint32_t source;
        bool operator>(const Event &other) const {
            return time != other.time ? time > other.time : sequence > other.sequence;
        }
    };

    std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
    uint64_t sequence = 0;

    void push(int64_t time, uint32_t source) { events.push({time, sequence++, source}); }

    Popped pop() {
        Event event = events.top();
        events.pop();
        return {event.time, event.source};
    }
};

int main(int count, char **arguments) {
    if (count != 4) return fprintf(stderr, "usage: hold_heap FILE PENDING OPERATIONS\n"), 2;
    HeapQueue queue;
    return runHold(queue, arguments);
}
