package net.twinpath.daemon.apply;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.twinpath.config.Inside;
import net.twinpath.config.LinkSettings;
import net.twinpath.config.PathSettings;
import net.twinpath.daemon.StartException;
import net.twinpath.netlink.route.Link;

/**
 * What a path needs to start, looked at without changing anything: what would be refused need not interrupt a path that is
 * to make room for it.
 *
 * @param interfaces   of this network namespace
 * @param mayBeMissing whether a path starts without the link of a name as long as that is not there
 * @param held         interfaces and paths that this daemon holds itself
 */
public record StartRequirements(Interfaces interfaces, Predicate<String> mayBeMissing, Set<String> held) {
    /**
     * Looks at what a path needs that is started, or started anew.
     *
     * @throws StartException when it would be refused, in one line
     */
    public void check(PathSettings path) throws StartException {
        requireName(path);
        if (path.inside() instanceof Inside.Gateway gateway) {
            String context = PathGround.context(path, gateway);
            requireUsable(
                    find(gateway.interfaceName())
                            .orElseThrow(() -> PortGround.doesNotExist(gateway.interfaceName(), context, interfaces)),
                    context);
        }
        checkLinks(path, path.links());
    }

    /**
     * Looks at links that a running path gets.
     *
     * @param path  as it is to be
     * @param taken those of its links that it has not taken yet
     * @throws StartException when one of them would be refused, or none of its links is there, in one line
     */
    public void checkLinks(PathSettings path, List<LinkSettings> taken) throws StartException {
        for (LinkSettings link : taken) {
            String name = link.interfaceName();
            String context = PathGround.context(path, link);
            Optional<Link> present = find(name);
            if (present.isPresent()) {
                requireUsable(present.get(), context);
            } else if (!mayBeMissing.test(name)) {
                throw PortGround.doesNotExist(name, context, interfaces);
            }
        }
        if (path.linkNames().stream().allMatch(name -> find(name).isEmpty())) {
            throw PathGround.noLinkIsThere(path, interfaces);
        }
    }

    private void requireName(PathSettings path) throws StartException {
        requireFree(path.name(), PathGround.context(path));
        Optional<String> taken =
                PathGround.nameObjection(path, interfaces.links().list());
        if (taken.isPresent()) {
            throw new StartException(taken.get());
        }
    }

    private void requireUsable(Link link, String context) throws StartException {
        requireFree(link.name(), context);
        LinkPreparation.requireUsable(link, interfaces, context);
    }

    private void requireFree(String name, String context) throws StartException {
        if (!held.contains(name)) {
            UndoStack undo = new UndoStack();
            PortGround.lock(name, context, undo);
            undo.close();
        }
    }

    private Optional<Link> find(String name) {
        return interfaces.links().find(name);
    }
}
