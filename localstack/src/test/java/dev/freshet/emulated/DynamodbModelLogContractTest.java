package dev.freshet.emulated;

import dev.freshet.aws.dynamodb.DynamodbModelLog;
import dev.freshet.aws.s3.S3ModelObjects;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelObjects;
import dev.freshet.testkit.contract.ModelLogContract;
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
