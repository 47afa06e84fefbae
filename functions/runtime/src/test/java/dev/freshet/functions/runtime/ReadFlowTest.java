package dev.freshet.functions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Settings;
import dev.freshet.model.log.Replica;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.profile.Users;
import dev.freshet.recommend.Hydrator;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.memory.MemoryModelLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class ReadFlowTest {
    private final Site site = new Site().put(Site.article("a", "One", "x"));
    private final Settings settings = Settings.from(Map.of("FRESHET_SECRET", "s".repeat(32)));
    private final Replica replica =
            new Replica(
                    new MemoryModelLog(() -> Site.NOW),
                    ModelSettings.DEFAULT,
                    () -> Site.NOW,
                    Runnable::run);

    private final List<String> lines = new ArrayList<>();

    private ReadFlow reads(Users users) {
        return reads(users, settings);
    }

    private ReadFlow reads(Users users, Settings settings) {
        return new ReadFlow(
                site.recommender(site.interactions, users),
                site.similarUsers(),
                new Hydrator(site.interactions, users, Hydrator.Budget.DEFAULT, () -> Site.NOW),
                replica,
                new Secrets(settings, new Clients(settings)),
                () -> Site.NOW,
                Runnable::run,
                answer -> {},
                new SnapStartHooks(
                        Runnable::run,
                        new Metrics(Map.of("Stack", "dev-main"), () -> Site.NOW, lines::add)));
    }

    @Test
    void theModelIsLookedForBeforeTheFirstRequest() {
        reads(site.users).start();

        assertThat(replica.status().lastLook()).isEqualTo(Site.NOW);
    }

    @Test
    void beforeASnapshotAndAfterARestoreTheHotPathIsRunAndLeavesNoTrace() {
        ReadFlow reads = reads(site.users);

        reads.beforeCheckpoint(Core.getGlobalContext());
        reads.afterRestore(Core.getGlobalContext());

        assertThat(site.users.get("freshet-priming").revision()).isZero();
        assertThat(replica.status().lastLook()).isEqualTo(Site.NOW);
        assertThat(lines).isEmpty();
    }

    @Test
    void aHookThatFailsIsCountedAndDoesNotEndTheProcess() {
        ReadFlow reads = reads(site.users, Settings.from(Map.of()));

        reads.afterRestore(Core.getGlobalContext());

        assertThat(lines).singleElement().asString().contains("\"SnapStartHooksFailed\":1");
    }
}
