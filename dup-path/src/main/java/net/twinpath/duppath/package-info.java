/**
 * The data path: takes frames at one inside port, sends each on every link, and passes on the copy that arrives first.
 *
 * <p>Outward ({@link net.twinpath.duppath.send.SendAgent}):
 *
 * <ol>
 *   <li>inside port's receive ring ({@link net.twinpath.duppath.port.Port}); a frame that an offload has merged is cut
 *       ({@link net.twinpath.duppath.frame.Segmentation}), and each segment goes on as a frame;
 *   <li>VLAN tag put back where the kernel took it out ({@link net.twinpath.duppath.frame.VlanTag}), checksum completed
 *       where the kernel left it open ({@link net.twinpath.duppath.frame.TransportChecksum});
 *   <li>sender learned ({@link net.twinpath.duppath.nodes.ProxyNodeTable}); frames that belong to one cable only, or to a
 *       device on the inside, stay there;
 *   <li>stream identification ({@link net.twinpath.duppath.stream.StreamClassifier}): duplicate, first link, or drop;
 *   <li>sequence generation and encoding ({@link net.twinpath.duppath.send.SequenceEncoding}), by PRP
 *       ({@link net.twinpath.duppath.frame.RedundancyControlTrailer}) or FRER
 *       ({@link net.twinpath.duppath.frame.RedundancyTag});
 *   <li>one send call per link and batch, the few octets that differ between links written in between
 *       ({@link net.twinpath.duppath.send.OutgoingBatch}); now and then the node's own frames, by which
 *       others see that it and each link are there: PRP's {@link net.twinpath.duppath.send.Supervision}, FRER's
 *       {@link net.twinpath.duppath.send.ContinuityChecks}.
 * </ol>
 *
 * <p>Inward ({@link net.twinpath.duppath.receive.ReceiveAgent}):
 *
 * <ol>
 *   <li>the links' receive rings, in the order frames arrived in, by the kernel's stamps; a merged frame is cut, unless it
 *       has a mark, which one frame only can have;
 *   <li>VLAN tag put back;
 *   <li>frames that belong to one cable only and our own are taken out and counted;
 *   <li>sequence decoding ({@link net.twinpath.duppath.receive.SequenceDecoding}): mark found and taken off, or the frame
 *       is a singly attached node's and passes;
 *   <li>sender looked up ({@link net.twinpath.duppath.receive.Senders}), stream identified;
 *   <li>sequence recovery: the first copy passes. By sender ({@link net.twinpath.duppath.recovery.DuplicateDiscard}) for
 *       PRP and for FRER frames of no stream, by stream ({@link net.twinpath.duppath.recovery.SequenceRecovery}) for FRER;
 *       what no link brought is counted ({@link net.twinpath.duppath.recovery.UnseenNumbers});
 *   <li>packet ordering, when wanted ({@link net.twinpath.duppath.ordering.PacketOrdering});
 *   <li>TCP segments of a batch joined, when wanted ({@link net.twinpath.duppath.frame.Coalescing}); one send call to the
 *       inside port per batch.
 * </ol>
 *
 * <p>Frames never leave the slot of the ring they arrived in until they are sent from there; only segments and those the
 * ordering function holds are copied. There is one agent per direction and path, so every counter, sequence number and
 * recovery window has a single writer and needs no lock; what one agent writes and the other reads
 * ({@link net.twinpath.duppath.nodes.ProxyNodeTable}, {@link net.twinpath.duppath.nodes.SingleAttachments}, of
 * {@link net.twinpath.duppath.nodes.NodeTable} when nodes were heard) are single words in shared memory. Links are
 * changed by handing both agents another list, which they take up between two frames
 * ({@link net.twinpath.duppath.port.LinksInUse}). A dropped frame always has a counter
 * ({@link net.twinpath.duppath.counters.DupPathCounter}).
 */
package net.twinpath.duppath;
