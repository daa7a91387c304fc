package net.twinpath.duppath;

import java.util.List;
import net.twinpath.duppath.frame.ContinuityCheck;
import net.twinpath.duppath.recovery.RecoverySettings;

/** How a path's frames are numbered and marked. */
public sealed interface FormatSettings {
    /**
     * PRP (IEC 62439-3).
     *
     * @param firstSequenceNumber    where the node's counter starts, 0 to 65535
     * @param supervisionAddressByte last octet of the address supervision frames are sent to, 0 to 255
     * @param lifeCheckIntervalNs    how often a supervision frame is sent
     */
    record Prp(int firstSequenceNumber, int supervisionAddressByte, long lifeCheckIntervalNs)
            implements FormatSettings {}

    /**
     * FRER (IEEE 802.1CB).
     *
     * @param firstSequenceNumbers where each stream's counter starts, and at the end that of frames no stream matches
     * @param recoveries           how copies of each stream are removed, in the order of the streams
     * @param continuityIntervalNs how often a continuity check message is sent on every link, one of the periods of
     *                             {@link ContinuityCheck#isInterval}; 0 for never
     */
    record Frer(List<Integer> firstSequenceNumbers, List<Recovery> recoveries, long continuityIntervalNs)
            implements FormatSettings {
        public Frer {
            if (continuityIntervalNs != 0 && !ContinuityCheck.isInterval(continuityIntervalNs)) {
                throw new IllegalArgumentException("continuity interval: " + continuityIntervalNs + " ns");
            }
            firstSequenceNumbers = List.copyOf(firstSequenceNumbers);
            recoveries = List.copyOf(recoveries);
        }
    }

    /**
     * How copies of a stream are removed.
     *
     * @param merging    the function that sees every link's copies
     * @param individual whether each link has one of its own before
     */
    record Recovery(RecoverySettings merging, boolean individual) {}
}
