package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.MODELS;
import static dev.freshet.emulated.EmulatedAws.MODEL_BUCKET;

import dev.freshet.aws.dynamodb.DynamodbModelLogs;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.testkit.contract.NewestVersionContract;
import java.time.InstantSource;

class DynamodbNewestVersionContractTest extends NewestVersionContract {
    private static final int COPIES = 3;

    @Override
    protected ModelLogs logs(String modelId, InstantSource clock) {
        return new DynamodbModelLogs(
                EmulatedAws.tables(),
                MODELS,
                S3ObjectStore.ofModels(EmulatedAws.clients().s3(), MODEL_BUCKET),
                modelId,
                COPIES,
                clock);
    }
}
