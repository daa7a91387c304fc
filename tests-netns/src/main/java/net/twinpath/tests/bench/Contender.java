package net.twinpath.tests.bench;

import java.util.List;

/** What carries frames from one place to another, to be measured. */
interface Contender extends AutoCloseable {
    /** Core of host a; host b has the other one of the two. */
    int CORE_A = 0;

    int CORE_B = 1;

    String name();

    /** Starts it, anew when it runs; returns when frames pass. */
    void restart();

    /** Where frames go in: {@code NAMESPACE/INTERFACE}. */
    String from();

    /** Where they come out: {@code NAMESPACE/INTERFACE}. */
    String to();

    /** Its processes. */
    List<Long> pids();

    @Override
    void close();
}
