// The split pipeline on std::priority_queue and nothing else: what a program written for this one purpose can do.
//
//     pipeline_heap FILE

#include "pipeline.hpp"

struct HeapScheduler {
    struct Event {
        int64_t time;
        uint64_t order;
        Step step;
        uint32_t request;
        bool operator>(const Event &other) const {
            return time != other.time ? time > other.time : order > other.order;
        }
    };

    Pipeline<HeapScheduler> *pipeline = nullptr;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
    int64_t now = 0;
    uint64_t pushed = 0;

    void at(int64_t delay, Step step, uint32_t request) { events.push({now + delay, pushed++, step, request}); }

    double nanoseconds() const { return double(now); }

    void run() {
        while (!events.empty()) {
            Event event = events.top();
            events.pop();
            now = event.time;
            pipeline->handle(event.step, event.request);
        }
    }
};

int main(int count, char **arguments) {
    if (count != 2) return fprintf(stderr, "usage: pipeline_heap FILE\n"), 2;
    HeapScheduler scheduler;
    return runPipeline(Work(arguments[1]), scheduler);
}
