package net.twinpath.duppath.stream;

import java.util.Arrays;
import java.util.List;

/**
 * The matches of one tuple, found by the values they ask for: a hash table with open addressing and linear probing, at
 * most half full, that never changes.
 *
 * <pre>
 *  indexes  | list index of the match, or NONE when the slot is free | ... one per slot
 *  keys     | the words the tuple asks for, masked | ... as many per slot
 * </pre>
 */
final class TupleTable {
    static final int NONE = -1;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, odd

    private final int fields;
    private final int lowestIndex;
    private final int[] wordsUsed;
    private final long[] masks;
    private final int[] indexes;
    private final long[] keys;
    private final int slotShift;

    /**
     * @param tuple   of all the matches below
     * @param matches the whole list
     * @param members list indexes of the tuple's own, ascending, at least one
     */
    TupleTable(Tuple tuple, List<StreamMatch> matches, List<Integer> members) {
        fields = tuple.fields();
        lowestIndex = members.get(0);
        FieldValues mask = tuple.mask();
        int[] used = new int[FieldValues.WORDS];
        int count = 0;
        for (int word = 0; word < FieldValues.WORDS; word++) {
            if (mask.word(word) != 0) {
                used[count++] = word;
            }
        }
        wordsUsed = Arrays.copyOf(used, count);
        masks = Arrays.stream(wordsUsed).mapToLong(mask::word).toArray();
        indexes = new int[slots(members.size())];
        Arrays.fill(indexes, NONE);
        keys = new long[indexes.length * count];
        slotShift = Long.SIZE - Integer.numberOfTrailingZeros(indexes.length);
        for (int index : members) {
            add(Tuple.values(matches.get(index)), index);
        }
    }

    private static int slots(int members) {
        return 2 * Integer.highestOneBit(2 * members - 1);
    }

    private void add(FieldValues values, int index) {
        int slot = slotOf(values);
        if (indexes[slot] != NONE) {
            return; // an equal match stands earlier in the list, this one is never the first
        }
        indexes[slot] = index;
        for (int i = 0; i < masks.length; i++) {
            keys[slot * masks.length + i] = values.word(wordsUsed[i]) & masks[i];
        }
    }

    /** Lowest list index of the matches here. */
    int lowestIndex() {
        return lowestIndex;
    }

    /** True when a frame with these fields has all that the matches here ask for. */
    boolean isAnsweredBy(int fieldsOfFrame) {
        return (fields & ~fieldsOfFrame) == 0;
    }

    /** List index of the first match that asks for these values, or {@link #NONE}. */
    int find(FieldValues values) {
        return indexes[slotOf(values)];
    }

    /** The slot that holds these values, or the free one where they would be put. */
    private int slotOf(FieldValues values) {
        int slot = homeSlot(values);
        while (indexes[slot] != NONE && !holds(slot, values)) {
            slot = (slot + 1) & (indexes.length - 1);
        }
        return slot;
    }

    /** Takes the first bits of a product, which depend on all bits of the factor; prefixes differ in their first only. */
    private int homeSlot(FieldValues values) {
        long hash = 0;
        for (int i = 0; i < masks.length; i++) {
            hash = (hash ^ (values.word(wordsUsed[i]) & masks[i])) * MULTIPLIER;
            hash ^= hash >>> Integer.SIZE;
        }
        return (int) ((hash * MULTIPLIER) >>> slotShift);
    }

    private boolean holds(int slot, FieldValues values) {
        int key = slot * masks.length;
        for (int i = 0; i < masks.length; i++) {
            if (keys[key + i] != (values.word(wordsUsed[i]) & masks[i])) {
                return false;
            }
        }
        return true;
    }
}
