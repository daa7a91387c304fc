package net.twinpath.duppath.send;

import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyTag;
import net.twinpath.duppath.frame.VlanTag;
import net.twinpath.duppath.port.Port;

/**
 * FRER (IEEE 802.1CB): one counter for each stream, and an R-TAG in each frame.
 *
 * <p>On a link with a VLAN the R-TAG stands directly behind that VLAN's tag, and a tag the frame had stands behind the
 * R-TAG and comes out at the other end as it went in. On a link without, it stands behind the frame's own outer tag.
 *
 * <pre>
 *  link with a VLAN   addresses | 8100 VID | F1C1 0 number | own tag, type ...
 *  link without       addresses | own tag | F1C1 0 number | type ...
 * </pre>
 */
public final class FrerEncoding implements SequenceEncoding {
    private final List<SequenceGenerator> generators;
    private final ContinuityChecks continuityChecks;
    private final CounterBlock counters;
    private final Frame copy = new Frame();

    /** Whether the copies of the batch stand as for a link with a VLAN. */
    private boolean tagged;

    /**
     * @param generators       one for each stream, and one for frames that no stream matches
     * @param continuityChecks announces the node
     * @param counters         the path's
     */
    public FrerEncoding(List<SequenceGenerator> generators, ContinuityChecks continuityChecks, CounterBlock counters) {
        this.generators = List.copyOf(generators);
        this.continuityChecks = continuityChecks;
        this.counters = counters;
    }

    @Override
    public boolean duplicate(Frame frame, int stream, OutgoingBatch batch, long nowNs) {
        if (batch.copies().size() == 0) {
            tagged = false;
        }
        RedundancyTag.insert(
                frame,
                RedundancyTag.positionBehindTag(frame),
                generators.get(stream).next());
        counters.increment(DupPathCounter.OUT_SEQUENCED);
        batch.addCopy(frame, frame.offset());
        return true;
    }

    /** Where FRER's nodes live is not learned. */
    @Override
    public boolean reachesOnItsLink(Frame frame, OutgoingBatch batch, long nowNs) {
        return false;
    }

    @Override
    public void single(Frame frame, Port link, OutgoingBatch batch) {
        if (link.settings().vlan() != 0) {
            VlanTag.push(frame, link.settings().vlan(), VlanTag.priority(frame, 0));
        }
        batch.addSingle(frame, link.place());
    }

    @Override
    public void address(OutgoingBatch batch, Port link) {
        int vlan = link.settings().vlan();
        if (vlan == 0 && !tagged) {
            return;
        }
        for (int i = 0; i < batch.copies().size(); i++) {
            address(batch, i, vlan);
        }
        tagged = vlan != 0;
    }

    private void address(OutgoingBatch batch, int i, int vlan) {
        int start = tagged ? batch.mark(i) - VlanTag.LENGTH : batch.mark(i);
        copy.wrap(
                batch.memory(), start, batch.copies().length(i), batch.copies().length(i));
        if (tagged) {
            VlanTag.pop(copy);
        } else {
            RedundancyTag.moveBeforeTag(copy);
        }
        if (vlan != 0) {
            VlanTag.push(copy, vlan, VlanTag.priority(copy, RedundancyTag.LENGTH));
        } else {
            RedundancyTag.moveBehindTag(copy);
        }
        batch.copies().growAtStart(i, copy.length() - batch.copies().length(i));
    }

    @Override
    public long sendDue(Port[] links, long nowNs) {
        return continuityChecks.sendDue(links, nowNs);
    }
}
