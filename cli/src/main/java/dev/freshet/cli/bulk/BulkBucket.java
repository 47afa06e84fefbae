package dev.freshet.cli.bulk;

import dev.freshet.console.PrivateFiles;
import dev.freshet.recommend.BulkRun;
import dev.freshet.recommend.BulkRun.LineRange;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a run in the bucket of the stack. */
record BulkBucket(S3Client client, String name) {
    /**
     * Takes all lists that are there into the folder, and deletes them from the bucket.
     *
     * @param taken receives the lines of each object
     */
    void fetch(BulkFolder folder, Consumer<LineRange> taken) {
        BulkRun run = folder.run();
        List<S3Object> objects =
                client
                        .listObjectsV2Paginator(
                                request -> request.bucket(name).prefix(run.listsPrefix()))
                        .contents()
                        .stream()
                        .toList();
        for (S3Object object : objects) {
            LineRange.parse(object.key().substring(run.listsPrefix().length()))
                    .ifPresent(
                            lines -> {
                                take(folder, lines);
                                taken.accept(lines);
                            });
        }
    }

    /** Takes the lists of some lines into the folder, and deletes them from the bucket. */
    void take(BulkFolder folder, LineRange lines) {
        String key = folder.run().listsKey(lines);
        folder.take(
                lines,
                path ->
                        client.getObject(
                                request -> request.bucket(name).key(key),
                                PrivateFiles.receive(path)));
        delete(key);
    }

    void put(String key, Path file) {
        client.putObject(request -> request.bucket(name).key(key), RequestBody.fromFile(file));
    }

    void delete(String key) {
        client.deleteObject(request -> request.bucket(name).key(key));
    }
}
