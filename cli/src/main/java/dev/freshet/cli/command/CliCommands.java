package dev.freshet.cli.command;

import dev.freshet.cli.CommandProvider;
import dev.freshet.cli.accept.AcceptCommand;
import dev.freshet.cli.bulk.BulkCommand;
import dev.freshet.cli.cost.CostCommand;
import dev.freshet.cli.imports.ImportCommand;
import dev.freshet.cli.keys.DashboardCommand;
import dev.freshet.cli.keys.KeysCommand;
import dev.freshet.cli.lake.LakeCommand;
import dev.freshet.cli.quarantine.QuarantineCommand;
import dev.freshet.cli.site.ExportSiteCommand;
import dev.freshet.cli.site.RecoverCommand;
import dev.freshet.cli.site.RestoreSiteCommand;
import dev.freshet.cli.site.SiteCommand;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Provides the commands for any stack. */
public final class CliCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        List<Object> commands = new ArrayList<>(ListCommands.all());
        commands.addAll(
                List.of(
                        new OutcomesCommand(),
                        new ItemsCommand(),
                        new UsersCommand(),
                        new StatusCommand(),
                        new AcceptCommand(),
                        new OptionsCommand(),
                        new ReplayCommand(),
                        new RollbackCommand(),
                        new ReadFromCommand(),
                        new ImportCommand(),
                        new KeysCommand(),
                        new DashboardCommand(),
                        new QuarantineCommand(InstantSource.system()),
                        new CostCommand(),
                        new CostCommand.Scale(),
                        new ExperimentsCommand(),
                        new RulesCommand(),
                        new ExportSiteCommand(),
                        new RestoreSiteCommand(),
                        new RecoverCommand(),
                        new SiteCommand(),
                        new BatchCommand(),
                        new BulkCommand(),
                        new LakeCommand(InstantSource.system())));
        return commands;
    }
}
