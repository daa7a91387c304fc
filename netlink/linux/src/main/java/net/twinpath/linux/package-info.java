/**
 * The only place that calls the kernel: system calls, kernel structures and their constants.
 *
 * <p>Nothing outside this package touches jnr-ffi. A failed call becomes an {@link net.twinpath.linux.ErrnoException}
 * that names the call, its argument and the error; the calls of the hot path ({@code poll}, {@code sendmmsg}) return
 * the negative errno instead, so that nothing is allocated where frames move.
 *
 * <p>Constants stand in one class per kernel header, named after it ({@code IfPacket} is {@code linux/if_packet.h}),
 * and are compared with the installed headers by a test.
 */
package net.twinpath.linux;
