// The split pipeline on SimGrid's kernel: a timer for each event, its times in seconds as doubles.
//
//     pipeline_simgrid FILE
//
// Timers are the cheapest that SimGrid has: no actors change places and no shares are worked out.

#include "pipeline.hpp"

#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>

struct SimGridScheduler {
    Pipeline<SimGridScheduler> *pipeline = nullptr;
    simgrid::s4u::Engine &engine;

    explicit SimGridScheduler(simgrid::s4u::Engine &engine) : engine(engine) {}

    void at(int64_t delay, Step step, uint32_t request) {
        double date = simgrid::s4u::Engine::get_clock() + double(delay) * 1e-9;
        simgrid::kernel::timer::Timer::set(date, [this, step, request] { pipeline->handle(step, request); });
    }

    double nanoseconds() const { return simgrid::s4u::Engine::get_clock() * 1e9; }

    void run() { engine.run(); }
};

int main(int count, char **arguments) {
    simgrid::s4u::Engine engine(&count, arguments);
    if (count != 2) return fprintf(stderr, "usage: pipeline_simgrid FILE\n"), 2;
    auto *zone = simgrid::s4u::create_full_zone("site");
    zone->create_host("host", 1e9)->seal();
    zone->seal();
    SimGridScheduler scheduler(engine);
    return runPipeline(Work(arguments[1]), scheduler);
}
