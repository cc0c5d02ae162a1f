// The wall clock's way of a request without its work, in plain libzmq: device host -> gateway -> replica and back.
//
//     cc -O2 zmq_echo.c -o zmq_echo -lzmq
//     zmq_echo SECONDS PERIOD_NS DEVICES PAYLOAD_BYTES
//
// Three processes joined by TCP on the loopback interface, each with one thread of its own and one of ZeroMQ's, as
// in simcoord: DEALER - ROUTER, ROUTER - DEALER. A message is an envelope and a payload; envelopes are as large as
// simcoord's, but copied as they are instead of being coded. Every PERIOD_NS, by a timer, DEVICES requests leave
// at once; with a period of 0, DEVICES requests are always under way, the next one leaving when a reply comes.
// Prints the round trips from hand-over to reply in nanoseconds: count, mean, median and 99th percentile.

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

enum { REQUEST_BYTES = 56, REPLY_BYTES = 64, PAYLOAD_BOUND = 1 << 20, LINGER_MS = 2000 };

struct envelope {
    uint32_t handle;
    int64_t sent;
    uint8_t rest[REPLY_BYTES - 16];
};

static uint8_t payload[PAYLOAD_BOUND];
static size_t payload_bytes;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void check(int succeeded, const char *what) {
    if (succeeded) return;
    fprintf(stderr, "zmq_echo: %s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
}

static void *open_socket(void *context, int kind) {
    void *socket = zmq_socket(context, kind);
    int bound = 10000, linger = LINGER_MS;
    check(socket != NULL, "open a socket");
    zmq_setsockopt(socket, ZMQ_SNDHWM, &bound, sizeof bound);
    zmq_setsockopt(socket, ZMQ_RCVHWM, &bound, sizeof bound);
    zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
    return socket;
}

// Returns the number of frames of the next message, which are copied out, or 0.
static int receive(void *socket, uint8_t frames[][PAYLOAD_BOUND], size_t sizes[], int bound) {
    int count = 0, more = 1;
    while (more) {
        zmq_msg_t message;
        size_t size = sizeof more;
        zmq_msg_init(&message);
        if (zmq_msg_recv(&message, socket, ZMQ_DONTWAIT) < 0) {
            check(zmq_errno() == EAGAIN || zmq_errno() == EINTR, "receive");
            return 0;
        }
        check(count < bound, "receive: too many frames");
        sizes[count] = zmq_msg_size(&message);
        memcpy(frames[count++], zmq_msg_data(&message), zmq_msg_size(&message));
        zmq_msg_close(&message);
        check(zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size) == 0, "receive");
    }
    return count;
}

static void send_frame(void *socket, const void *bytes, size_t size, int more) {
    check(zmq_send(socket, bytes, size, more ? ZMQ_SNDMORE : 0) >= 0, "send");
}

static uint8_t frames[4][PAYLOAD_BOUND];
static size_t sizes[4];

static void replica(const char *endpoint) {
    void *socket = open_socket(zmq_ctx_new(), ZMQ_DEALER);
    check(zmq_connect(socket, endpoint) == 0, "connect");
    send_frame(socket, "hello", 5, 0);
    for (;;) {
        zmq_pollitem_t item = {socket, 0, ZMQ_POLLIN, 0};
        zmq_poll(&item, 1, -1);
        while (receive(socket, frames, sizes, 2) == 2) {
            struct envelope envelope = {0};
            memcpy(&envelope, frames[0], sizes[0]);
            send_frame(socket, &envelope, REPLY_BYTES, 1);
            send_frame(socket, "", 0, 0);
        }
    }
}

static void gateway(int output) {
    void *context = zmq_ctx_new();
    void *front = open_socket(context, ZMQ_ROUTER), *back = open_socket(context, ZMQ_ROUTER);
    char endpoints[2][256] = {{0}};
    size_t size = 256;
    check(zmq_bind(front, "tcp://127.0.0.1:*") == 0 && zmq_bind(back, "tcp://127.0.0.1:*") == 0, "bind");
    zmq_getsockopt(front, ZMQ_LAST_ENDPOINT, endpoints[0], &size);
    size = 256;
    zmq_getsockopt(back, ZMQ_LAST_ENDPOINT, endpoints[1], &size);
    check(write(output, endpoints, sizeof endpoints) == sizeof endpoints, "tell the endpoints");
    uint8_t host[16], server[16];
    size_t host_size = 0, server_size = 0;
    for (;;) {
        zmq_pollitem_t items[] = {{front, 0, ZMQ_POLLIN, 0}, {back, 0, ZMQ_POLLIN, 0}};
        int count;
        zmq_poll(items, 2, -1);
        while ((count = receive(front, frames, sizes, 3)) > 0) {
            memcpy(host, frames[0], host_size = sizes[0]);
            send_frame(back, server, server_size, 1);
            send_frame(back, frames[1], sizes[1], 1);
            send_frame(back, frames[2], sizes[2], 0);
        }
        while ((count = receive(back, frames, sizes, 3)) > 0) {
            memcpy(server, frames[0], server_size = sizes[0]);
            if (count == 2) continue;
            send_frame(front, host, host_size, 1);
            send_frame(front, frames[1], sizes[1], 1);
            send_frame(front, frames[2], sizes[2], 0);
        }
    }
}

static void submit(void *socket, uint32_t handle) {
    struct envelope envelope = {.handle = handle, .sent = now()};
    send_frame(socket, &envelope, REQUEST_BYTES, 1);
    send_frame(socket, payload, payload_bytes, 0);
}

static int ascending(const void *left, const void *right) {
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void report(int64_t *trips, size_t count) {
    double sum = 0;
    check(count > 0, "no reply came");
    for (size_t index = 0; index < count; index++) sum += trips[index];
    qsort(trips, count, sizeof *trips, ascending);
    printf("%zu %.0f %ld %ld\n", count, sum / count, (long)trips[count / 2], (long)trips[count * 99 / 100]);
}

static void device_host(const char *endpoint, double seconds, int64_t period, uint32_t devices) {
    void *socket = open_socket(zmq_ctx_new(), ZMQ_DEALER);
    size_t count = 0, capacity = 1 << 24;
    int64_t *trips = malloc(capacity * sizeof *trips), start = now() + 300000000;
    int64_t end = start + seconds * 1e9, next = start;
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    check(zmq_connect(socket, endpoint) == 0, "connect");
    while (now() < end && count < capacity) {
        struct itimerspec due = {{0, 0}, {next / 1000000000, next % 1000000000}};
        if (next) timerfd_settime(timer, TFD_TIMER_ABSTIME, &due, NULL);
        zmq_pollitem_t items[] = {{socket, 0, ZMQ_POLLIN, 0}, {NULL, timer, ZMQ_POLLIN, 0}};
        zmq_poll(items, 2, 1000);
        while (receive(socket, frames, sizes, 2) == 2) {
            struct envelope reply;
            memcpy(&reply, frames[0], sizes[0]);
            trips[count++] = now() - reply.sent;
            if (period == 0) submit(socket, reply.handle);
        }
        uint64_t expirations;
        if (next == 0 || now() < next) continue;
        (void)!read(timer, &expirations, sizeof expirations);
        for (uint32_t device = 0; device < devices; device++) submit(socket, device);
        next = period ? next + period : 0;
    }
    report(trips, count);
}

int main(int count, char **arguments) {
    if (count != 5) return fprintf(stderr, "usage: zmq_echo SECONDS PERIOD_NS DEVICES PAYLOAD_BYTES\n"), 2;
    int pipe_ends[2];
    char endpoints[2][256];
    payload_bytes = strtoul(arguments[4], NULL, 10);
    check(payload_bytes <= PAYLOAD_BOUND, "the payload is too large");
    check(pipe(pipe_ends) == 0, "make a pipe");
    pid_t children[2];
    for (int child = 0; child < 2; child++) {
        children[child] = fork();
        check(children[child] >= 0, "fork");
        if (children[child] == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            prctl(PR_SET_TIMERSLACK, 1);
            if (child == 0) gateway(pipe_ends[1]);
            replica(endpoints[1]);
        }
        if (child == 0) check(read(pipe_ends[0], endpoints, sizeof endpoints) == sizeof endpoints, "start");
    }
    prctl(PR_SET_TIMERSLACK, 1);
    device_host(endpoints[0], atof(arguments[1]), atoll(arguments[2]), atoi(arguments[3]));
    fflush(stdout);
    for (int child = 0; child < 2; child++) {
        kill(children[child], SIGTERM);
        waitpid(children[child], NULL, 0);
    }
    _exit(0);
}
