package net.twinpath.netlink.ethtool;

import static net.twinpath.netlink.FakeKernel.acknowledgement;
import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.AnnotatedHex;
import net.twinpath.netlink.FakeKernel;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.generic.GenericFamily;
import net.twinpath.netlink.route.Link;
import org.junit.jupiter.api.Test;

/** Feature requests octet by octet, and feature replies as the kernel writes them. */
class FeaturesTest {
    private static final int FAMILY = EthtoolMessages.FAMILY;
    private static final int FEATURES_REPLY = 11;
    private static final Link V0 = EthtoolMessages.V0;

    private final FakeKernel kernel = new FakeKernel();

    @Test
    void asksForTheFamilyAndThenForTheFeatures() {
        features(reply(
                        masked("rx-gro", true, "tx-warp", false),
                        listed("rx-gro"),
                        listed("rx-gro"),
                        masked("lo", true)))
                .get(V0);
        assertThat(HexFormat.of().formatHex(kernel.requests().get(0))).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1000 0500 01000000 00000000 # GENL_ID_CTRL, REQUEST|ACK
                        03 02 0000                           # CTRL_CMD_GETFAMILY, version 2
                        0c00 0200 657468746f6f6c00           # CTRL_ATTR_FAMILY_NAME ethtool
                        """));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1500 0500 02000000 00000000 # the family's number
                        0b 01 0000                           # ETHTOOL_MSG_FEATURES_GET, version 1
                        0c00 0180                            # ETHTOOL_A_FEATURES_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        """));
    }

    @Test
    void setListsOnlyTheBitsThatChangeAndHasNoNomask() {
        Features features = features(reply(listed("a"), listed("a"), listed("a"), listed()));
        features.set(V0, Map.of("rx-gro", false, "rx-lro", true));
        assertThat(HexFormat.of().formatHex(kernel.requests().get(1))).isEqualTo(AnnotatedHex.littleEndian("""
                        4c000000 1500 0500 02000000 00000000 # the family's number, REQUEST|ACK
                        0c 01 0000                           # ETHTOOL_MSG_FEATURES_SET, version 1
                        0c00 0180                            # ETHTOOL_A_FEATURES_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        2c00 0380                            # ETHTOOL_A_FEATURES_WANTED
                          2800 0380                          #   ETHTOOL_A_BITSET_BITS
                            1000 0180                        #     ETHTOOL_A_BITSET_BITS_BIT
                              0b00 0200 72782d67726f00 00    #       ETHTOOL_A_BITSET_BIT_NAME rx-gro, off
                            1400 0180                        #     ETHTOOL_A_BITSET_BITS_BIT
                              0b00 0200 72782d6c726f00 00    #       ETHTOOL_A_BITSET_BIT_NAME rx-lro
                              0400 0300                      #       ETHTOOL_A_BITSET_BIT_VALUE: on
                        """));
    }

    @Test
    void readsBitsetsWithAndWithoutMask() {
        Map<String, Feature> features = features(reply(
                        masked("rx-gro", true, "rx-lro", true, "loopback", false, "netns-local", true),
                        listed("rx-gro", "rx-lro"),
                        listed("rx-gro", "loopback"),
                        masked("netns-local", true, "rx-gro", false)))
                .get(V0);
        assertThat(features.values())
                .containsExactly(
                        new Feature("loopback", true, false, false),
                        new Feature("netns-local", false, false, false),
                        new Feature("rx-gro", true, true, true),
                        new Feature("rx-lro", false, true, true));
    }

    @Test
    void reportsFeaturesThatDidNotFollow() {
        Features features = features(
                reply(masked("rx-gro", true, "rx-lro", true), listed("rx-gro", "rx-lro"), listed("rx-gro"), listed()));
        assertThat(features.set(V0, Map.of("rx-gro", true, "rx-lro", true))).containsExactly("rx-lro");
    }

    @Test
    void aKernelWithoutTheFamilyIsToldClearly() {
        kernel.answer(sequence -> List.of(acknowledgement(sequence, Errno.ENOENT.intValue(), 0)));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> new Features(new NetlinkSocket(kernel)))
                .withMessage("find generic netlink family ethtool: ENOENT (No such file or directory):"
                        + " this kernel was built without it");
    }

    @Test
    void aFamilyHasANumberAndGroups() {
        kernel.answer(EthtoolMessages::family);
        GenericFamily family = GenericFamily.resolve(new NetlinkSocket(kernel), "ethtool");
        assertThat(family).isEqualTo(new GenericFamily("ethtool", FAMILY, Map.of("monitor", 5)));
    }

    private Features features(byte[] reply) {
        kernel.answer(EthtoolMessages::family);
        Features features = new Features(new NetlinkSocket(kernel));
        kernel.answer(sequence -> EthtoolMessages.answer(sequence, FEATURES_REPLY, reply))
                .answer(sequence -> EthtoolMessages.answer(sequence, FEATURES_REPLY, reply));
        return features;
    }

    private static byte[] reply(byte[] hw, byte[] wanted, byte[] active, byte[] nochange) {
        return FakeKernel.join(attribute(2, hw), attribute(3, wanted), attribute(4, active), attribute(5, nochange));
    }

    /** A bitset that lists names with their value. */
    private static byte[] masked(Object... namesAndValues) {
        byte[] bits = {};
        for (int i = 0; i < namesAndValues.length; i += 2) {
            byte[] name = attribute(2, text((String) namesAndValues[i]));
            byte[] value = (Boolean) namesAndValues[i + 1] ? attribute(3) : new byte[0];
            bits = FakeKernel.join(bits, attribute(1, attribute(1, u32(i)), name, value));
        }
        return FakeKernel.join(attribute(2, u32(64)), attribute(3, bits));
    }

    /** A bitset with NOMASK: what it lists is on. */
    private static byte[] listed(String... names) {
        byte[] bits = {};
        for (String name : names) {
            bits = FakeKernel.join(bits, attribute(1, attribute(1, u32(0)), attribute(2, text(name))));
        }
        return FakeKernel.join(attribute(1), attribute(2, u32(64)), attribute(3, bits));
    }
}
