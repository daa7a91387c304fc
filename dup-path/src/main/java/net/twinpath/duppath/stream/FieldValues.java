package net.twinpath.duppath.stream;

/**
 * The values of a frame's or a match's fields, packed at fixed places so that tables can compare them word by word. What
 * a frame does not have is 0; which fields it has is told apart from it by {@link Fields}.
 *
 * <pre>
 *  word   63                            16 15                   0
 *   0    | destination MAC                | source port          |
 *   1    | source MAC                     | destination port     |
 *   2, 3 | IPv6 source address, or IPv4's in the first 32 bits   |
 *   4, 5 | IPv6 destination address, or IPv4's likewise          |
 *        63              28 27          16 15     8 7           0
 *   6    | 0               | VLAN ID      | DSCP   | protocol    |
 * </pre>
 */
final class FieldValues {
    static final int WORDS = 7;

    private static final int DESTINATION_MAC_WORD = 0;
    private static final int SOURCE_MAC_WORD = 1;
    private static final int SOURCE_WORD = 2;
    private static final int DESTINATION_WORD = 4;
    private static final int REST_WORD = 6;

    private static final int MAC_SHIFT = 16;
    private static final int VLAN_ID_SHIFT = 16;
    private static final int DSCP_SHIFT = 8;
    private static final long PORT_MASK = 0xFFFF;
    private static final long VLAN_ID_MASK = 0xFFF;
    private static final long DSCP_MASK = 0x3F;
    private static final long PROTOCOL_MASK = 0xFF;

    private final long[] words = new long[WORDS];

    long word(int index) {
        return words[index];
    }

    void clear() {
        for (int i = 0; i < WORDS; i++) {
            words[i] = 0;
        }
    }

    void destinationMac(long address) {
        words[DESTINATION_MAC_WORD] |= address << MAC_SHIFT;
    }

    void sourceMac(long address) {
        words[SOURCE_MAC_WORD] |= address << MAC_SHIFT;
    }

    void vlanId(long id) {
        words[REST_WORD] |= (id & VLAN_ID_MASK) << VLAN_ID_SHIFT;
    }

    int vlanId() {
        return (int) (words[REST_WORD] >>> VLAN_ID_SHIFT);
    }

    void source(long high, long low) {
        words[SOURCE_WORD] = high;
        words[SOURCE_WORD + 1] = low;
    }

    long sourceHigh() {
        return words[SOURCE_WORD];
    }

    long sourceLow() {
        return words[SOURCE_WORD + 1];
    }

    void destination(long high, long low) {
        words[DESTINATION_WORD] = high;
        words[DESTINATION_WORD + 1] = low;
    }

    long destinationHigh() {
        return words[DESTINATION_WORD];
    }

    long destinationLow() {
        return words[DESTINATION_WORD + 1];
    }

    void dscp(long codePoint) {
        words[REST_WORD] |= (codePoint & DSCP_MASK) << DSCP_SHIFT;
    }

    void protocol(long number) {
        words[REST_WORD] = (words[REST_WORD] & ~PROTOCOL_MASK) | (number & PROTOCOL_MASK);
    }

    int protocol() {
        return (int) (words[REST_WORD] & PROTOCOL_MASK);
    }

    void sourcePort(long port) {
        words[DESTINATION_MAC_WORD] = (words[DESTINATION_MAC_WORD] & ~PORT_MASK) | (port & PORT_MASK);
    }

    int sourcePort() {
        return (int) (words[DESTINATION_MAC_WORD] & PORT_MASK);
    }

    void destinationPort(long port) {
        words[SOURCE_MAC_WORD] = (words[SOURCE_MAC_WORD] & ~PORT_MASK) | (port & PORT_MASK);
    }

    int destinationPort() {
        return (int) (words[SOURCE_MAC_WORD] & PORT_MASK);
    }
}
