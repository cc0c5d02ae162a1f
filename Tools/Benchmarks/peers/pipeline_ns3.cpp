// The split pipeline on ns-3's simulator: Simulator::Schedule for each event, its times in integer ns, and the
// fastest of its schedulers, which is not the default.
//
//     pipeline_ns3 FILE

#include "pipeline.hpp"

#include <ns3/nstime.h>
#include <ns3/object-factory.h>
#include <ns3/simulator.h>

struct NS3Scheduler {
    Pipeline<NS3Scheduler> *pipeline = nullptr;

    void at(int64_t delay, Step step, uint32_t request) {
        ns3::Simulator::Schedule(ns3::NanoSeconds(delay), &Pipeline<NS3Scheduler>::handle, pipeline, step, request);
    }

    double nanoseconds() const { return double(ns3::Simulator::Now().GetNanoSeconds()); }

    void run() { ns3::Simulator::Run(); }
};

int main(int count, char **arguments) {
    if (count != 2) return fprintf(stderr, "usage: pipeline_ns3 FILE\n"), 2;
    ns3::Simulator::SetScheduler(ns3::ObjectFactory("ns3::PriorityQueueScheduler"));
    NS3Scheduler scheduler;
    int status = runPipeline(Work(arguments[1]), scheduler);
    ns3::Simulator::Destroy();
    return status;
}
