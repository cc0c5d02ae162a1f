// pinned PROCESSOR REPORT COMMAND ARGUMENT…: runs a command on one processor and writes its seconds, its peak memory
// in KiB and its exit status to REPORT.
//
// The kernel's peak of a process is at least what its parent held at the fork. So the parent has to be small: a
// script in Python would report its own size for every program that is smaller.

#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count < 4) return fprintf(stderr, "usage: pinned PROCESSOR REPORT COMMAND ARGUMENT…\n"), 2;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(atoi(arguments[1]), &set);
    if (sched_setaffinity(0, sizeof set, &set)) return perror("pinned: sched_setaffinity"), 2;
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        execv(arguments[3], arguments + 3);
        perror(arguments[3]);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) return perror("pinned"), 2;
    FILE *report = fopen(arguments[2], "w");
    if (!report) return perror(arguments[2]), 2;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    fprintf(report, "%.6f %ld %d\n", now() - start, usage.ru_maxrss, code);
    return fclose(report) != 0;
}
