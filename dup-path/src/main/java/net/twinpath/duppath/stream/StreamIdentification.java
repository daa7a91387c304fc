package net.twinpath.duppath.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.twinpath.duppath.frame.Frame;

/**
 * Finds the stream a frame belongs to (IEEE 802.1CB clause 6): the first match in list order is the stream. Allocates
 * nothing once made; for one thread, since it remembers fragments.
 *
 * <p>The matches are grouped by the fields and prefix lengths they ask for, one hash table for each group (tuple space
 * search: Srinivasan, Suri and Varghese, SIGCOMM 1999). A frame costs one reading of its headers and one look into each
 * group's table, whatever the tables hold: a thousand streams told apart by the same fields cost what one costs. A group
 * is passed over when the frame has not all the fields it asks for, and the search ends before a group whose matches all
 * stand behind the one already found. So the cost is bounded by the number of different combinations of fields and prefix
 * lengths in the list, and a list that gives every stream a combination of its own is searched one by one.
 *
 * <p>Fragments of an IP packet (RFC 791, RFC 8200 4.5): only the first has ports. It belongs to the stream its ports tell,
 * and the later ones follow it: they are taken as if they had its ports, for as long as its addresses, protocol,
 * identification and VLAN ID are remembered. That is until 65 536 frames later, or until another fragmented packet takes
 * its place of 1024; two packets under way at one time share a place once in about a thousand times. All else, the MAC
 * addresses and the DSCP, a later fragment must meet itself. One whose first is not remembered, because the first was lost
 * or comes after it, has no ports and can only belong to a stream that asks for none. An operator who must not depend on
 * that leaves the ports out of the match.
 */
public final class StreamIdentification {
    /** Answer of {@link #identify} for a frame of no stream. */
    public static final int NONE = TupleTable.NONE;

    private final TupleTable[] tables;
    private final FrameHeaders headers = new FrameHeaders();
    private final FirstFragments firstFragments = new FirstFragments();

    /** @param matches one for each stream, in the order they are to be tried */
    public StreamIdentification(List<StreamMatch> matches) {
        // In order of the first match of each tuple, which is the order of lowest list index.
        Map<Tuple, List<Integer>> members = new LinkedHashMap<>();
        for (int index = 0; index < matches.size(); index++) {
            members.computeIfAbsent(Tuple.of(matches.get(index)), tuple -> new ArrayList<>())
                    .add(index);
        }
        tables = members.entrySet().stream()
                .map(entry -> new TupleTable(entry.getKey(), matches, entry.getValue()))
                .toArray(TupleTable[]::new);
    }

    /**
     * Tells which stream a frame belongs to. A damaged or cut off frame is matched by the header fields that are there.
     *
     * @param frame with its VLAN tags in place, without what sequence encoding put between them and the EtherType
     * @return list index of the first match, or {@link #NONE}
     */
    public int identify(Frame frame) {
        if (tables.length == 0) {
            return NONE;
        }
        headers.read(frame);
        firstFragments.follow(headers);
        int fields = headers.fields();
        int best = Integer.MAX_VALUE;
        for (TupleTable table : tables) {
            if (table.lowestIndex() > best) {
                break;
            }
            if (table.isAnsweredBy(fields)) {
                int found = table.find(headers.values());
                if (found != NONE && found < best) {
                    best = found;
                }
            }
        }
        return best == Integer.MAX_VALUE ? NONE : best;
    }
}
