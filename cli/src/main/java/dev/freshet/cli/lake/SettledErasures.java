package dev.freshet.cli.lake;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.s3.S3LakeProgress;
import dev.freshet.cli.connection.LocalState;
import dev.freshet.privacy.LakeProgress;
import java.time.Instant;
import java.util.Optional;

/** Lets the states of erasures in a running local cloud know of a run of settling. */
final class SettledErasures {
    private SettledErasures() {}

    /**
     * Stores that the rows of people who were erased up to a time are deleted. A local lake
     * rewrites its files at once, so that they are gone, too.
     *
     * @param begun when the run began
     * @return false if no cloud with a lake runs
     */
    static boolean tell(LocalState state, Instant begun) {
        Optional<Settings> cloud =
                state.environment()
                        .map(Settings::from)
                        .filter(settings -> settings.find(Setting.LAKE_BUCKET).isPresent());
        if (cloud.isEmpty()) {
            return false;
        }
        Optional<Instant> upTo = Optional.of(begun);
        try (Clients clients = new Clients(cloud.get())) {
            new S3LakeProgress(clients.s3(), cloud.get().lakeBucket())
                    .put(new LakeProgress(upTo, upTo, upTo));
        }
        return true;
    }
}
