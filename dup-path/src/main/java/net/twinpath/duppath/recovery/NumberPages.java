package net.twinpath.duppath.recovery;

import org.agrona.MutableDirectBuffer;

/**
 * Memory for what is known of the 16-bit sequence numbers of many senders, in pages of 1024 neighbouring numbers each: a
 * sender has pages only where its numbers are now, so thousands of slow senders take little, and a fast one may have all its
 * numbers. Nothing is allocated once made; for one thread.
 *
 * <p>Each sender can have {@link #OWN} pages whatever the others do; {@link #SHARED} more are for who comes first. A sender
 * that gets none gives up the page whose numbers it used longest ago: forged numbers can take all shared pages.
 *
 * <pre>
 *  memory
 *  for each sender   s32 for each of its pages: where the page lies, octets from the beginning; 0 for none
 *  for each page     s32, from page 1 on: its sender times 64 plus its place there; of a free page the complement of the
 *                    next free one, 0 for none
 *  the pages
 * </pre>
 */
final class NumberPages {
    private static final int NUMBERS_SHIFT = 10;

    /** Numbers of one page. */
    static final int NUMBERS = 1 << NUMBERS_SHIFT;

    /** Octets of one bit for each number of a page. */
    static final int PLANE_BYTES = NUMBERS / Byte.SIZE;

    /** Pages that a sender can always have: its numbers may lie on both sides of a boundary. */
    static final int OWN = 2;

    /** Pages for all: what two million frames a second number in two seconds. */
    static final int SHARED = 4_096;

    private static final int NUMBER_MASK = 0xFFFF;
    private static final int PLACE_SHIFT = 6;
    private static final int PLACE_MASK = (1 << PLACE_SHIFT) - 1;
    private static final int NONE = 0;

    private final MutableDirectBuffer memory;
    private final int start;
    private final int placesPerSender;
    private final int placesShift;
    private final int pageBytes;
    private final int ownersStart;
    private final int pagesStart;
    private final byte[] held;
    private int free;
    private int firstFree = NONE;

    /** The highest page that was ever taken; those above are free, and their memory untouched. */
    private int last;

    /** How many free pages the senders can claim as their own. */
    private int claims;

    /**
     * @param memory    {@link #bytes} zero octets from {@code start} on
     * @param start     a multiple of eight
     * @param senders   how many places there are
     * @param numbers   of each sender, a power of two, 65 536 at most
     * @param pageBytes octets of one page, a multiple of eight
     */
    NumberPages(MutableDirectBuffer memory, int start, int senders, int numbers, int pageBytes) {
        this.memory = memory;
        this.start = start;
        this.placesPerSender = placesPerSender(numbers);
        this.placesShift = Integer.numberOfTrailingZeros(placesPerSender);
        this.pageBytes = pageBytes;
        this.ownersStart = start + senders * placesPerSender * Integer.BYTES;
        this.pagesStart = start + (int) pagesOffset(senders, numbers);
        this.held = new byte[senders];
        this.claims = senders * Math.min(OWN, placesPerSender);
        this.free = pages(senders, numbers);
    }

    private static int placesPerSender(int numbers) {
        return Math.max(1, numbers >> NUMBERS_SHIFT);
    }

    private static int pages(int senders, int numbers) {
        int places = placesPerSender(numbers);
        return places <= OWN ? senders * places : senders * OWN + Math.min(SHARED, senders * (places - OWN));
    }

    private static long pagesOffset(int senders, int numbers) {
        long offset = ((long) senders * placesPerSender(numbers) + pages(senders, numbers) + 1) * Integer.BYTES;
        return offset + Long.BYTES - 1 & -Long.BYTES;
    }

    /** Octets of memory for so many senders. */
    static int bytes(int senders, int numbers, int pageBytes) {
        return Math.toIntExact(pagesOffset(senders, numbers) + (long) pages(senders, numbers) * pageBytes);
    }

    /** Where the page of a sender's number lies in the memory; 0 when it has none. */
    int find(int sender, int number) {
        return memory.getInt(placeOffset(sender, number >>> NUMBERS_SHIFT));
    }

    private int placeOffset(int sender, int place) {
        return start + ((sender << placesShift) + place) * Integer.BYTES;
    }

    /** Gives a number that has no page a zero one. */
    int take(int sender, int number) {
        int place = number >>> NUMBERS_SHIFT;
        if (held[sender] >= OWN && free <= claims) {
            giveLongestAgo(sender, place);
        }
        int page = firstFree;
        if (page == NONE) {
            page = ++last;
        } else {
            firstFree = ~memory.getInt(ownerOffset(page));
        }
        free--;
        claims -= held[sender] < OWN ? 1 : 0;
        held[sender]++;
        memory.putInt(ownerOffset(page), sender << PLACE_SHIFT | place);
        int offset = pagesStart + (page - 1) * pageBytes;
        memory.setMemory(offset, pageBytes, (byte) 0);
        memory.putInt(placeOffset(sender, place), offset);
        return offset;
    }

    /** The numbers next ahead are those of the last turn. */
    private void giveLongestAgo(int sender, int place) {
        int ahead = place;
        do {
            ahead = (ahead + 1) % placesPerSender;
        } while (memory.getInt(placeOffset(sender, ahead)) == NONE);
        give((memory.getInt(placeOffset(sender, ahead)) - pagesStart) / pageBytes + 1);
    }

    private int ownerOffset(int page) {
        return ownersStart + page * Integer.BYTES;
    }

    /** The pages lie from 1 to this; some of them are free. */
    int last() {
        return last;
    }

    boolean isTaken(int page) {
        return memory.getInt(ownerOffset(page)) >= 0;
    }

    /** Whose a taken page is. */
    int sender(int page) {
        return memory.getInt(ownerOffset(page)) >>> PLACE_SHIFT;
    }

    /** The first number of a taken page. */
    int firstNumber(int page) {
        return (memory.getInt(ownerOffset(page)) & PLACE_MASK) << NUMBERS_SHIFT;
    }

    /** Where a page lies in the memory. */
    int offset(int page) {
        return pagesStart + (page - 1) * pageBytes;
    }

    /** Takes a page from its sender. */
    void give(int page) {
        int sender = sender(page);
        memory.putInt(placeOffset(sender, firstNumber(page) >>> NUMBERS_SHIFT), NONE);
        held[sender]--;
        claims += held[sender] < Math.min(OWN, placesPerSender) ? 1 : 0;
        memory.putInt(ownerOffset(page), ~firstFree);
        firstFree = page;
        free++;
    }

    /** Takes all pages from a sender. */
    void giveAll(int sender) {
        for (int place = 0; place < placesPerSender && held[sender] > 0; place++) {
            int offset = memory.getInt(placeOffset(sender, place));
            if (offset != NONE) {
                give((offset - pagesStart) / pageBytes + 1);
            }
        }
    }

    /** How many pages a sender has. */
    int held(int sender) {
        return held[sender];
    }

    static {
        assert NUMBER_MASK >>> NUMBERS_SHIFT <= PLACE_MASK;
    }
}
