// The Linux calls that Swift's Glibc module does not show, with plain integers for arguments.
// Unless said otherwise a function returns -1 and sets errno when it fails. Every descriptor
// made here is closed on exec, and non-blocking unless said otherwise.
#ifndef CLINUX_H
#define CLINUX_H

#include <stdint.h>

/// A timerfd on CLOCK_MONOTONIC.
int clinux_timer_create(void);

/// Lets the timer expire once at an absolute time in nanoseconds; 0 disarms it.
int clinux_timer_arm(int timer, int64_t nanoseconds);

/// An eventfd with counter 0.
int clinux_event_create(void);

int clinux_epoll_create(void);

/// Reports a descriptor's readability for as long as it lasts.
int clinux_epoll_add(int epoll, int descriptor);

int clinux_epoll_remove(int epoll, int descriptor);

/// Waits until something is readable (`block` not 0) or only looks.
/// Returns how many descriptors were written to `ready`.
int clinux_epoll_wait(int epoll, int *ready, int capacity, int block);

/// Both ends of a pipe, reading end first. They block.
int clinux_pipe(int ends[2]);

/// A signalfd for the calling thread. The signals are blocked there, and forwarded to it when
/// the kernel delivers them to another thread of the process. One at a time in a process.
int clinux_signal_open(const int *signals, int count);

/// The next signal's number, or 0 when there is none.
int clinux_signal_read(int descriptor);

/// Closes the descriptor and gives the signals the actions back that they had before.
void clinux_signal_close(int descriptor, const int *signals, int count);

/// Asks the kernel for the calling thread's sleeps to end without slack.
int clinux_timer_slack_minimise(void);

/// Asks the scheduler to run the calling thread, and those that it starts, for `nanoseconds` at a
/// stretch, 0 for the system's choice: a thread that wakes takes the processor at once from one that asks
/// for more. From Linux 6.12 on; before that it has no effect.
int clinux_thread_slice(uint64_t nanoseconds);

/// Names the calling thread; at most 15 bytes are kept.
void clinux_thread_name(const char *name);

#endif
