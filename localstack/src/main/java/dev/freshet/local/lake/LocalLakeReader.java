package dev.freshet.local.lake;

import dev.freshet.cli.lake.FolderLake.LakeException;
import dev.freshet.lake.LakeReader;
import dev.freshet.lake.LakeReader.Cursor;
import dev.freshet.lake.LakeSql.Engine;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lake of a folder row by row. One result is open at a time. */
public final class LocalLakeReader implements LakeReader {
    private final LocalLake lake;

    /** Opens the lake of a folder, as its files are now. */
    public LocalLakeReader(Path folder) {
        this.lake = new LocalLake(folder, true);
    }

    @Override
    public Engine engine() {
        return Engine.DUCKDB;
    }

    @Override
    public Cursor query(String sql) {
        return new Result(lake.open(sql));
    }

    @Override
    public void close() {
        lake.close();
    }

    private record Result(ResultSet result) implements Cursor {
        @Override
        public @Nullable List<@Nullable String> next() {
            try {
                if (!result.next()) {
                    return null;
                }
                int columns = result.getMetaData().getColumnCount();
                List<@Nullable String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getString(column));
                }
                return row;
            } catch (SQLException broken) {
                throw new LakeException(broken);
            }
        }

        @Override
        public void close() {
            try {
                result.close();
            } catch (SQLException broken) {
                throw new LakeException(broken);
            }
        }
    }
}
