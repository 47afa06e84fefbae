package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file with one JSON object on each line, which counts its lines and sums its bytes. */
final class LinesFile implements AutoCloseable {
    private final String name;
    private final MessageDigest digest;
    private final OutputStream out;
    private long lines;

    private LinesFile(String name, MessageDigest digest, OutputStream out) {
        this.name = name;
        this.digest = digest;
        this.out = out;
    }

    /** Creates a file that does not exist yet. */
    static LinesFile create(Path folder, String name) throws IOException {
        MessageDigest digest = sha256();
        return new LinesFile(
                name,
                digest,
                new DigestOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(folder.resolve(name))),
                        digest));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    void add(JsonNode line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            lines++;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    long lines() {
        return lines;
    }

    /** Adds the file to a manifest, with its lines and its SHA-256; after {@link #close}. */
    void describe(ObjectNode files) {
        files.putObject(name)
                .put("lines", lines)
                .put("sha256", HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
