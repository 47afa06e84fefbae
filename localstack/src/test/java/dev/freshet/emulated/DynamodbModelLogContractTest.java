package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.MODELS;
import static dev.freshet.emulated.EmulatedAws.MODEL_BUCKET;

import dev.freshet.aws.dynamodb.DynamodbModelLog;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.model.log.ModelLog;
import dev.freshet.store.ObjectStore;
import dev.freshet.testkit.contract.ModelLogContract;
import java.time.InstantSource;

class DynamodbModelLogContractTest extends ModelLogContract {
    private final ObjectStore objects =
            S3ObjectStore.ofModels(EmulatedAws.clients().s3(), MODEL_BUCKET);

    @Override
    protected ModelLog log(String modelId, InstantSource clock) {
        return new DynamodbModelLog(EmulatedAws.tables(), MODELS, objects, modelId, clock);
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }
}
