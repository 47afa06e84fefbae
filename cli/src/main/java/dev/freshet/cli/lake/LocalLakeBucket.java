package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.s3.S3LakeAnswers;
import dev.freshet.aws.s3.S3LakeProgress;
import dev.freshet.folder.LocalState;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.LakeAnswers.LakeAnswer;
import dev.freshet.lake.NamedQuery;
import dev.freshet.lake.ResultCsv;
import dev.freshet.lake.SqlRange;
import dev.freshet.privacy.LakeErasures.LakeProgress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bucket of the lake in a running local cloud, where a run of settling leaves what the night of
 * a deployed lake leaves.
 */
record LocalLakeBucket(Clients clients, String bucket, int kAnonymity) implements AutoCloseable {
    /** Returns the bucket, which is to be closed, or empty if no cloud with a lake runs. */
    static Optional<LocalLakeBucket> of(LocalState state) {
        return state.environment()
                .map(Settings::from)
                .filter(settings -> settings.find(Setting.LAKE_BUCKET).isPresent())
                .map(
                        settings ->
                                new LocalLakeBucket(
                                        new Clients(settings),
                                        settings.text(Setting.LAKE_BUCKET),
                                        settings.get(StackOptions.K_ANONYMITY)));
    }

    /**
     * Stores that the rows of people who were erased up to a time are deleted. A local lake
     * rewrites its files at once, so that they are gone, too.
     *
     * @param begun when the run began
     */
    void tellErased(Instant begun) {
        Optional<Instant> upTo = Optional.of(begun);
        new S3LakeProgress(clients.s3(), bucket).put(new LakeProgress(upTo, upTo, upTo));
    }

    /**
     * Asks the named queries of a night and stores their results.
     *
     * @param now its day is the last one of which they ask
     */
    void storeAnswers(QueriedLake lake, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        SqlRange days = SqlRange.days(today.minusDays(LakeAnswers.DAYS), today.plusDays(1));
        S3LakeAnswers answers = new S3LakeAnswers(clients.s3(), bucket);
        for (NamedQuery query : LakeAnswers.QUERIES) {
            String sql = query.ofSettled(days, kAnonymity);
            answers.put(query, csv(lake.query(sql, LakeAnswer.MAX_ROWS + 1)));
        }
    }

    private static String csv(QueryRows result) {
        StringBuilder csv = new StringBuilder(ResultCsv.line(result.columns())).append('\n');
        for (List<JsonNode> row : result.rows()) {
            List<@Nullable String> texts = new ArrayList<>();
            row.forEach(value -> texts.add(value.isNull() ? null : value.asText()));
            csv.append(ResultCsv.line(texts)).append('\n');
        }
        return csv.toString();
    }

    @Override
    public void close() {
        clients.close();
    }
}
