// Forwards IP packets between a TUN device and a veth end, each way after a fixed delay.
//
//     delay-shell TUN VETH PEER_MAC UP_NS DOWN_NS
//
// UP_NS holds from TUN to VETH. Packets keep their order. A packet is due at the time it was read plus the
// delay; the real-time priority and ppoll's nanoseconds keep it within some tens of microseconds of that.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 1 << 15, BYTES = 2048 };

struct packet {
    int64_t due;
    ssize_t length;
    char bytes[BYTES];
};

struct line {
    int from, to;
    int64_t delay;
    struct packet *packets;
    unsigned head, tail;
};

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ll + time.tv_nsec;
}

static int open_tun(const char *name) {
    int file = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
    if (file < 0) fail("/dev/net/tun");
    struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (ioctl(file, TUNSETIFF, &request) < 0) fail(name);
    return file;
}

static int open_veth(const char *name) {
    int file = socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK, htons(ETH_P_IP));
    if (file < 0) fail("AF_PACKET");
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP)};
    address.sll_ifindex = if_nametoindex(name);
    if (bind(file, (struct sockaddr *)&address, sizeof address) < 0) fail(name);
    // What waits at the veth's queueing discipline counts as the socket's.
    int bytes = 1 << 29;
    setsockopt(file, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes);
    setsockopt(file, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes);
    return file;
}

static void take(struct line *line) {
    while (line->tail - line->head < SLOTS) {
        struct packet *packet = &line->packets[line->tail % SLOTS];
        packet->length = read(line->from, packet->bytes, BYTES);
        if (packet->length <= 0) return;
        packet->due = now() + line->delay;
        line->tail++;
    }
}

// Where `to` is a packet socket, the peer's address is needed with each packet.
static struct sockaddr_ll destination;

static void give(struct line *line, int is_packet_socket) {
    int64_t time = now();
    while (line->head != line->tail) {
        struct packet *packet = &line->packets[line->head % SLOTS];
        if (packet->due > time) return;
        ssize_t sent = is_packet_socket
            ? sendto(line->to, packet->bytes, packet->length, 0, (struct sockaddr *)&destination, sizeof destination)
            : write(line->to, packet->bytes, packet->length);
        if (sent < 0) perror("a packet was lost");
        line->head++;
    }
}

int main(int count, char **arguments) {
    if (count != 6) {
        fprintf(stderr, "usage: delay-shell TUN VETH PEER_MAC UP_NS DOWN_NS\n");
        return 2;
    }
    // Nobody else would end it.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int tun = open_tun(arguments[1]), veth = open_veth(arguments[2]);
    destination.sll_family = AF_PACKET;
    destination.sll_protocol = htons(ETH_P_IP);
    destination.sll_ifindex = if_nametoindex(arguments[2]);
    destination.sll_halen = 6;
    if (sscanf(arguments[3], "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &destination.sll_addr[0], &destination.sll_addr[1],
               &destination.sll_addr[2], &destination.sll_addr[3], &destination.sll_addr[4], &destination.sll_addr[5]) != 6) fail(arguments[3]);
    struct line up = {tun, veth, atoll(arguments[4]), calloc(SLOTS, sizeof(struct packet)), 0, 0};
    struct line down = {veth, tun, atoll(arguments[5]), calloc(SLOTS, sizeof(struct packet)), 0, 0};
    if (!up.packets || !down.packets) fail("memory");
    struct sched_param priority = {.sched_priority = 10};
    if (sched_setscheduler(0, SCHED_FIFO, &priority) < 0) perror("no real-time priority");
    puts("ready");
    fflush(stdout);
    while (1) {
        int64_t due = INT64_MAX;
        if (up.head != up.tail) due = up.packets[up.head % SLOTS].due;
        if (down.head != down.tail && down.packets[down.head % SLOTS].due < due)
            due = down.packets[down.head % SLOTS].due;
        int64_t wait = due == INT64_MAX ? 1000000000 : due - now();
        if (wait > 0) {
            struct timespec span = {wait / 1000000000, wait % 1000000000};
            struct pollfd files[] = {{tun, POLLIN, 0}, {veth, POLLIN, 0}};
            if (ppoll(files, 2, &span, NULL) < 0 && errno != EINTR) fail("ppoll");
        }
        take(&up);
        take(&down);
        give(&up, 1);
        give(&down, 0);
    }
}
