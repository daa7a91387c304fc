package net.twinpath.netlink.generic;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.nlctrl.GetfamilyReply;
import net.twinpath.netlink.family.nlctrl.GetfamilyRequest;
import net.twinpath.netlink.family.nlctrl.McastGroupAttrs;
import net.twinpath.netlink.family.nlctrl.Nlctrl;

/**
 * A generic netlink family of the running kernel.
 *
 * @param name   for example {@code ethtool}
 * @param id     message type of its requests
 * @param groups number of each multicast group by its name
 */
public record GenericFamily(String name, int id, Map<String, Integer> groups) {
    /**
     * Asks the kernel for a family.
     *
     * @param socket a socket of {@code NETLINK_GENERIC} that has joined no group
     * @throws NetlinkException ENOENT when the kernel has no such family
     */
    public static GenericFamily resolve(NetlinkSocket socket, String name) {
        Operation operation = new Operation("find generic netlink family " + name, null);
        List<NetlinkMessage> answer;
        try {
            answer = socket.request(operation, new GetfamilyRequest(Nlctrl.GENL_ID_CTRL).familyName(name), 0);
        } catch (NetlinkException e) {
            throw e.is(Errno.ENOENT) ? missing(operation) : e;
        }
        GetfamilyReply reply =
                answer.stream().map(GetfamilyReply::decode).findFirst().orElseThrow(() -> missing(operation));
        Integer id = reply.familyId();
        if (id == null) {
            throw missing(operation);
        }
        return new GenericFamily(name, id, groups(reply));
    }

    private static Map<String, Integer> groups(GetfamilyReply reply) {
        Map<String, Integer> groups = new TreeMap<>();
        List<McastGroupAttrs> told = reply.mcastGroups();
        for (McastGroupAttrs group : told == null ? List.<McastGroupAttrs>of() : told) {
            String groupName = group.name();
            Long id = group.id();
            if (groupName != null && id != null) {
                groups.put(groupName, id.intValue());
            }
        }
        return Map.copyOf(groups);
    }

    private static NetlinkException missing(Operation operation) {
        String explanation = "this kernel was built without it";
        return new NetlinkException(operation, Errno.ENOENT.intValue(), explanation, null);
    }
}
