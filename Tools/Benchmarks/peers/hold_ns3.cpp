// The hold model on one of ns-3's schedulers, called directly: no events are made or invoked.
//
//     hold_ns3 FILE PENDING OPERATIONS SCHEDULER    say ns3::MapScheduler, which is ns-3's default

#include "hold.hpp"

#include <ns3/object-factory.h>
#include <ns3/scheduler.h>

struct NS3Queue {
    ns3::Ptr<ns3::Scheduler> scheduler;
    uint32_t sequence = 0;

    void push(int64_t time, uint32_t source) {
        ns3::Scheduler::Event event;
        event.impl = nullptr;
        event.key = {uint64_t(time), sequence++, source};
        scheduler->Insert(event);
    }

    Popped pop() {
        ns3::Scheduler::Event event = scheduler->RemoveNext();
        return {int64_t(event.key.m_ts), event.key.m_context};
    }
};

int main(int count, char **arguments) {
    if (count != 5) return fprintf(stderr, "usage: hold_ns3 FILE PENDING OPERATIONS SCHEDULER\n"), 2;
    ns3::ObjectFactory factory(arguments[4]);
    NS3Queue queue{factory.Create<ns3::Scheduler>()};
    return runHold(queue, arguments);
}
