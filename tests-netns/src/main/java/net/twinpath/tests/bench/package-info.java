/**
 * The benchmark: twinpath beside a C program that does the same with the same kernel calls, in one run.
 *
 * <pre>
 *   sender              host a, core 0            host b, core 1             sink
 *  +------+         +--------------------+    +--------------------+     +----------+
 *  | out  |=========| inside        lan0 |====| lan0        inside |=====| in       |
 *  +------+   veth  |       path    lan1 |====| lan1   path        |     | counter  |
 *                   +--------------------+    +--------------------+     +----------+
 * </pre>
 *
 * <p>Each contender has such a rig of its own and stays idle while another is measured. A round starts all anew, then
 * measures everything once: reference, twinpath, reference, in turn, so that what the machine does meanwhile concerns
 * both, and the two runs of the reference tell how far equal things differ here.
 */
@NullMarked
package net.twinpath.tests.bench;

import org.jspecify.annotations.NullMarked;
