"""The systems of the benchmark `events`, written on SimPy (pip install simpy) as its documentation has it: a process
for each request, a resource for each server.

`pool.py SERVERS BUSY_PERCENT REQUESTS` prints seconds, requests answered, their mean latency in nanoseconds and the most
resident memory in KiB.
"""

import random
import resource
import sys
import time

import simpy

WORK_S = 0.001


class Pool:
    def __init__(self, env, servers, rate_per_s):
        self.env = env
        self.servers = [simpy.Resource(env) for _ in range(servers)]
        self.rate_per_s = rate_per_s
        self.answered = 0
        self.latency_s = 0.0

    def clients(self, requests):
        for _ in range(requests):
            yield self.env.timeout(random.expovariate(self.rate_per_s))
            self.env.process(self.request(self.choose()))

    def request(self, server):
        came = self.env.now
        with server.request() as turn:
            yield turn
            yield self.env.timeout(random.expovariate(1 / WORK_S))
        self.answered += 1
        self.latency_s += self.env.now - came

    def choose(self):
        """The less busy of two servers chosen at random; the first of equals."""
        if len(self.servers) == 1:
            return self.servers[0]
        first, second = random.choice(self.servers), random.choice(self.servers)
        return second if inside(second) < inside(first) else first


def inside(server):
    return server.count + len(server.queue)


def main():
    servers, busy_percent, requests = (int(argument) for argument in sys.argv[1:4])
    random.seed(1)
    begun = time.perf_counter()
    env = simpy.Environment()
    pool = Pool(env, servers, servers * busy_percent / 100 / WORK_S)
    env.process(pool.clients(requests))
    env.run()
    seconds = time.perf_counter() - begun
    mean_ns = int(pool.latency_s / pool.answered * 1e9)
    resident_max_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(seconds, pool.answered, mean_ns, resident_max_kib)


main()
