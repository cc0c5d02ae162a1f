// The split pipeline, event by event, for any scheduler: a device and a link for each client, one server of some
// slots, all first come first served.
//
// The work is a text file. First line: clients, slots, transmit and delay in ns, number of requests. Then a line a
// request, in order of issue: client, issued, time on the device and time of service in ns. A scheduler has
//   void at(int64_t delay, Step step, uint32_t request)    to have `handle` called so many ns from now,
//   double nanoseconds()                                   what it takes the time to be,
//   void run()                                             until nothing is left.

#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <vector>

enum class Step : uint8_t { issued, computed, transmitted, arrived, served, completed };

struct Request {
    uint32_t client;
    int64_t issued, compute, service;
};

struct Work {
    uint32_t clients, slots;
    int64_t transmit, delay;
    std::vector<Request> requests;

    explicit Work(const char *path) {
        FILE *file = fopen(path, "r");
        size_t count;
        if (!file || fscanf(file, "%u %u %ld %ld %zu", &clients, &slots, &transmit, &delay, &count) != 5) fail(path);
        requests.resize(count);
        for (Request &request : requests)
            if (fscanf(file, "%u %ld %ld %ld", &request.client, &request.issued, &request.compute,
                       &request.service) != 4)
                fail(path);
        fclose(file);
    }

    [[noreturn]] static void fail(const char *path) {
        fprintf(stderr, "%s cannot be read as a file of requests\n", path);
        exit(2);
    }
};

template <class Scheduler> class Pipeline {
  public:
    Pipeline(const Work &work, Scheduler &scheduler)
        : work(work), scheduler(scheduler), free(work.slots), devices(work.clients), links(work.clients),
          completions(work.requests.size()) {}

    // Each request is issued by the event of the one before, so that few are pending.
    void start() { issueNext(); }

    void handle(Step step, uint32_t number) {
        const Request &request = work.requests[number];
        switch (step) {
        case Step::issued:
            issueNext();
            return enter(devices[request.client], request.compute, Step::computed, number);
        case Step::computed:
            leave(devices[request.client], Step::computed, &Request::compute);
            if (work.transmit) return enter(links[request.client], work.transmit, Step::transmitted, number);
            return send(Step::arrived, number);
        case Step::transmitted:
            leave(links[request.client], Step::transmitted, nullptr);
            return send(Step::arrived, number);
        case Step::arrived:
            if (free == 0) return waiting.push(number);
            --free;
            return scheduler.at(request.service, Step::served, number);
        case Step::served:
            if (waiting.empty()) {
                ++free;
            } else {
                scheduler.at(work.requests[waiting.front()].service, Step::served, waiting.front());
                waiting.pop();
            }
            return send(Step::completed, number);
        case Step::completed:
            completions[number] = scheduler.nanoseconds();
        }
    }

    // One a line, in ns, in the order of the requests.
    void print() const {
        for (double completion : completions) printf("%.3f\n", completion);
    }

  private:
    // A resource of one place.
    struct Station {
        bool busy = false;
        std::queue<uint32_t> waiting;
    };

    const Work &work;
    Scheduler &scheduler;
    uint32_t next = 0, free;
    std::vector<Station> devices, links;
    std::queue<uint32_t> waiting;
    std::vector<double> completions;
    int64_t lastIssue = 0;

    void issueNext() {
        if (next == work.requests.size()) return;
        int64_t issue = work.requests[next].issued;
        scheduler.at(issue - lastIssue, Step::issued, next++);
        lastIssue = issue;
    }

    void enter(Station &station, int64_t time, Step end, uint32_t number) {
        if (station.busy) return station.waiting.push(number);
        station.busy = true;
        scheduler.at(time, end, number);
    }

    // Lets the next one in, for its own time or, without one, for the time of transmission.
    void leave(Station &station, Step end, int64_t Request::*time) {
        if (station.waiting.empty()) {
            station.busy = false;
            return;
        }
        uint32_t number = station.waiting.front();
        station.waiting.pop();
        scheduler.at(time ? work.requests[number].*time : work.transmit, end, number);
    }

    void send(Step arrival, uint32_t number) {
        if (work.delay) return scheduler.at(work.delay, arrival, number);
        handle(arrival, number);
    }
};

// Runs the file that the command line names: the seconds go to standard error, with CHECK set the completions to
// standard output.
template <class Scheduler> int runPipeline(const Work &work, Scheduler &scheduler) {
    Pipeline<Scheduler> pipeline(work, scheduler);
    scheduler.pipeline = &pipeline;
    auto start = std::chrono::steady_clock::now();
    pipeline.start();
    scheduler.run();
    std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    fprintf(stderr, "%.6f\n", elapsed.count());
    if (getenv("CHECK")) pipeline.print();
    return 0;
}
