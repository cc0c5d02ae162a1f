// The hold model for any queue: each operation pops the first event and pushes it again, later by the next increment.
//
// As in Sources/queue-benchmark/HoldModel.swift: the times popped, and so the checksum, depend on the increments
// alone. A queue has `void push(int64_t time, uint32_t source)` and `Popped pop()`.

#pragma once

#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

struct Popped {
    int64_t time;
    uint32_t source;
};

template <class Queue> class Hold {
  public:
    uint64_t checksum = 0;

    Hold(Queue &queue, uint32_t pending, const std::vector<int64_t> &increments)
        : queue(queue), increments(increments) {
        for (uint32_t source = 0; source < pending; source++) push(0, source);
    }

    void operations(long count) {
        for (long i = 0; i < count; i++) {
            Popped event = queue.pop();
            checksum = checksum * 6364136223846793005u + uint64_t(event.time);
            push(event.time, event.source);
        }
    }

  private:
    Queue &queue;
    const std::vector<int64_t> &increments;
    size_t pushed = 0;

    void push(int64_t time, uint32_t source) {
        queue.push(time + increments[pushed], source);
        if (++pushed == increments.size()) pushed = 0;
    }
};

// Arguments: FILE PENDING OPERATIONS. The checksum goes to standard output, the seconds to standard error.
template <class Queue> int runHold(Queue &queue, char **arguments) {
    FILE *file = fopen(arguments[1], "rb");
    if (!file) return fprintf(stderr, "%s cannot be read\n", arguments[1]), 2;
    std::vector<int64_t> increments;
    for (int64_t increment; fread(&increment, sizeof increment, 1, file) == 1;) increments.push_back(increment);
    fclose(file);
    long operations = atol(arguments[3]);
    if (increments.empty() || operations < 1) return fprintf(stderr, "usage: FILE PENDING OPERATIONS\n"), 2;
    Hold<Queue> hold(queue, uint32_t(atol(arguments[2])), increments);
    hold.operations(operations / 10);
    auto start = std::chrono::steady_clock::now();
    hold.operations(operations);
    std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    printf("%" PRIu64 "\n", hold.checksum);
    fprintf(stderr, "%.6f\n", elapsed.count());
    return 0;
}
