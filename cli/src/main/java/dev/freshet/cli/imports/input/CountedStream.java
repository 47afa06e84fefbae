package dev.freshet.cli.imports.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that counts the bytes that were read from it. */
final class CountedStream extends FilterInputStream {
    private long count;
    private long marked;

    CountedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count += Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count += skipped;
        return skipped;
    }

    @Override
    public synchronized void mark(int limit) {
        marked = count;
        super.mark(limit);
    }

    @Override
    public synchronized void reset() throws IOException {
        super.reset();
        count = marked;
    }

    long count() {
        return count;
    }
}
