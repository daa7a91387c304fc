/**
 * Traffic that keeps exact account of itself: what was sent, what arrived, how often, in which order and when.
 *
 * <p>{@link net.twinpath.tests.traffic.EchoStream} is the system's ping, {@link
 * net.twinpath.tests.traffic.VoiceStream} a telephone call's packets over UDP, {@link
 * net.twinpath.tests.traffic.FileTransfer} a file over TCP, and {@link net.twinpath.tests.traffic.RawFrames} single
 * frames octet by octet. Times of arrival are relative to one beginning, given as {@link java.lang.System#nanoTime()},
 * so that the series of several streams and the faults between them lie on one axis.
 */
@NullMarked
package net.twinpath.tests.traffic;

import org.jspecify.annotations.NullMarked;
