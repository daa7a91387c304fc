/**
 * Cables that lose, delay, reorder, repeat and damage frames exactly as a seed says, on any kernel: what tc-netem(8)
 * does where the kernel has it, but repeatable frame by frame.
 *
 * <pre>
 *   namespace a             ImpairedCable (a namespace and two threads)             namespace b
 *  +-----------+         +----------------------------------------------+         +-----------+
 *  |      lan0 |=========| x0 --&gt; ImpairedLine --&gt; frames held --&gt; x1   |=========| lan0      |
 *  |           |  veth   | x0 &lt;-- frames held &lt;-- ImpairedLine &lt;-- x1   |  veth   |           |
 *  +-----------+         +----------------------------------------------+         +-----------+
 * </pre>
 *
 * <p>{@link net.twinpath.tests.impairment.Impairment} says what is wrong with a line, {@link
 * net.twinpath.tests.impairment.ImpairedLine} decides the fate of each frame from a seed, and {@link
 * net.twinpath.tests.impairment.ImpairedCable} carries it out.
 */
@NullMarked
package net.twinpath.tests.impairment;

import org.jspecify.annotations.NullMarked;
