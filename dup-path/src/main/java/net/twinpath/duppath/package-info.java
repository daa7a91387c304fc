/**
 * The data path: takes frames at one inside port, sends each on every link, and passes on the copy that arrives first.
 *
 * <p>Outward ({@link net.twinpath.duppath.send.SendAgent}):
 *
 * <ol>
 *   <li>inside port's receive ring ({@link net.twinpath.duppath.port.Port});
 *   <li>VLAN tag put back where the kernel took it out ({@link net.twinpath.duppath.frame.VlanTag});
 *   <li>frames that belong to one cable only are dropped and counted ({@link net.twinpath.duppath.frame.Frame});
 *   <li>sequence generation ({@link net.twinpath.duppath.send.SequenceGenerator});
 *   <li>padding and sequence encoding, once per link ({@link net.twinpath.duppath.frame.RedundancyControlTrailer});
 *   <li>one send call per link and batch; in between, every two seconds, a supervision frame
 *       ({@link net.twinpath.duppath.send.SendAgent}).
 * </ol>
 *
 * <p>Inward ({@link net.twinpath.duppath.receive.ReceiveAgent}):
 *
 * <ol>
 *   <li>each link's receive ring in turn;
 *   <li>VLAN tag put back;
 *   <li>frames that belong to one cable only, supervision frames and our own are taken out and counted;
 *   <li>sequence decoding: trailer found, or the frame is a singly attached node's and passes;
 *   <li>sender looked up ({@link net.twinpath.duppath.nodes.NodeTable});
 *   <li>duplicate discard ({@link net.twinpath.duppath.recovery.DuplicateDiscard}): the first copy passes;
 *   <li>trailer cut off, one send call to the inside port per batch.
 * </ol>
 *
 * <p>Frames never leave the slot of the ring they arrived in until they are sent from there. There is one agent per
 * direction and path, so every counter, sequence number and discard memory has a single writer and needs no lock. A
 * dropped frame always has a counter ({@link net.twinpath.duppath.counters.DupPathCounter}).
 */
package net.twinpath.duppath;
