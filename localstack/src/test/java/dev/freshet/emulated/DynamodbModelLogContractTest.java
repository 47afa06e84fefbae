package dev.freshet.emulated;

import dev.freshet.model.ModelLog;
import dev.freshet.storage.ModelLogContract;
import dev.freshet.storage.ModelObjects;
import dev.freshet.storage.dynamodb.DynamodbModelLog;
import dev.freshet.storage.s3.S3ModelObjects;
import java.time.InstantSource;

class DynamodbModelLogContractTest extends ModelLogContract {
    private final ModelObjects objects =
            new S3ModelObjects(EmulatedAws.clients().s3(), EmulatedAws.MODEL_BUCKET);

    @Override
    protected ModelLog log(String modelId, InstantSource clock) {
        return new DynamodbModelLog(
                EmulatedAws.clients().enhancedDynamoDb(),
                EmulatedAws.MODELS,
                objects,
                modelId,
                clock);
    }

    @Override
    protected ModelObjects objects() {
        return objects;
    }
}
