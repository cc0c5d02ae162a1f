#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

int clinux_timer_create(void) {
    return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
}

int clinux_timer_arm(int timer, int64_t nanoseconds) {
    struct itimerspec when = {0};
    when.it_value.tv_sec = nanoseconds / 1000000000;
    when.it_value.tv_nsec = nanoseconds % 1000000000;
    return timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

int clinux_event_create(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

int clinux_epoll_create(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

int clinux_epoll_add(int epoll, int descriptor) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int clinux_epoll_remove(int epoll, int descriptor) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

int clinux_epoll_wait(int epoll, int *ready, int capacity, int block) {
    struct epoll_event events[32];
    if (capacity > 32) { capacity = 32; }
    int count = epoll_wait(epoll, events, capacity, block ? -1 : 0);
    for (int i = 0; i < count; ++i) { ready[i] = events[i].data.fd; }
    return count;
}

int clinux_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC);
}

// A signal's action belongs to the whole process, so the thread that wants it does too.
static volatile pid_t signal_thread;

// What the signals did before, to be put back: the program may have handlers of its own.
static struct sigaction earlier_actions[_NSIG];

// Runs on a thread that has the signal unblocked (swift-subprocess's monitor waits with an
// empty mask) and hands it to the thread that has it blocked and reads the signalfd.
static void forward(int signal) {
    int saved = errno;
    tgkill(getpid(), signal_thread, signal);
    errno = saved;
}

int clinux_signal_open(const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < count; ++i) { sigaddset(&set, signals[i]); }
    if (pthread_sigmask(SIG_BLOCK, &set, NULL) != 0) { return -1; }
    int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor < 0) { return -1; }
    signal_thread = gettid();
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = forward;
    action.sa_flags = SA_RESTART;
    for (int i = 0; i < count; ++i) { sigaction(signals[i], &action, &earlier_actions[signals[i]]); }
    return descriptor;
}

int clinux_signal_read(int descriptor) {
    struct signalfd_siginfo information;
    ssize_t size = read(descriptor, &information, sizeof information);
    if (size == sizeof information) { return (int)information.ssi_signo; }
    return size < 0 && errno != EAGAIN && errno != EINTR ? -1 : 0;
}

void clinux_signal_close(int descriptor, const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < count; ++i) {
        sigaddset(&set, signals[i]);
        sigaction(signals[i], &earlier_actions[signals[i]], NULL);
    }
    close(descriptor);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

int clinux_timer_slack_minimise(void) {
    return prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
}

// The kernel's struct sched_attr, which older C libraries do not have.
struct scheduling {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
};

int clinux_thread_slice(uint64_t nanoseconds) {
    struct scheduling wanted = {.size = sizeof wanted};
    if (syscall(SYS_sched_getattr, 0, &wanted, sizeof wanted, 0) != 0) { return -1; }
    wanted.size = sizeof wanted;
    wanted.runtime = nanoseconds;
    return (int)syscall(SYS_sched_setattr, 0, &wanted, 0);
}

void clinux_thread_name(const char *name) {
    char kept[16] = {0};
    strncpy(kept, name, 15);
    pthread_setname_np(pthread_self(), kept);
}
