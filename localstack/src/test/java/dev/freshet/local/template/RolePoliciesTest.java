package dev.freshet.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolePoliciesTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Items";

    private static RolePolicies with(String statement) throws JsonProcessingException {
        return RolePolicies.read(
                new ObjectMapper()
                        .readTree(
                                """
                                {"Resources": {
                                  "Items": {"Type": "AWS::DynamoDB::Table"},
                                  "Bucket": {"Type": "AWS::S3::Bucket"},
                                  "Role": {"Type": "AWS::IAM::Role"},
                                  "Catalog": {"Type": "AWS::Lambda::Function", "Properties": {
                                    "Handler": "dev.freshet.functions.CatalogHandler",
                                    "FunctionName": "deployed",
                                    "Role": {"Fn::GetAtt": ["Role", "Arn"]}}},
                                  "Policy": {"Type": "AWS::IAM::Policy", "Properties": {
                                    "Roles": [{"Ref": "Role"}],
                                    "PolicyDocument": {"Statement": [%s]}}}}}
                                """
                                        .formatted(statement)));
    }

    @Test
    void onlyTheActionOnTheResourceIsAllowedAndOnlyToTheRolesFunction() throws Exception {
        RolePolicies policies =
                with(
                        """
                        {"Effect": "Allow", "Action": "dynamodb:GetItem",
                         "Resource": {"Fn::GetAtt": ["Items", "Arn"]}}
                        """);

        assertThat(policies.callers()).containsExactly("catalog");
        assertThat(policies.allow("catalog", "dynamodb:GetItem", TABLE)).isTrue();
        assertThat(policies.allow("catalog", "dynamodb:PutItem", TABLE)).isFalse();
        assertThat(policies.allow("catalog", "dynamodb:GetItem", TABLE + "s")).isFalse();
        assertThat(policies.allow("catalog", "dynamodb:GetItem", TABLE + "/index/I")).isFalse();
        assertThat(policies.allow("worker", "dynamodb:GetItem", TABLE)).isFalse();
    }

    @Test
    void aFunctionWithANameOfItsOwnHasItsLocalNameInPermissions() throws Exception {
        RolePolicies policies =
                with(
                        """
                        {"Effect": "Allow", "Action": "lambda:InvokeFunction",
                         "Resource": "arn:aws:lambda:us-east-1:000000000000:function:deployed"}
                        """);

        String prefix = "arn:aws:lambda:us-east-1:000000000000:function:";
        String invoke = "lambda:InvokeFunction";
        assertThat(policies.allow("catalog", invoke, prefix + "catalog")).isTrue();
        assertThat(policies.allow("catalog", invoke, prefix + "other")).isFalse();
    }

    @Test
    void aStarStandsForAnyLettersAndAQuestionMarkForOne() throws Exception {
        RolePolicies policies =
                with(
                        """
                        {"Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": [
                          {"Fn::Join": ["", [{"Fn::GetAtt": ["Bucket", "Arn"]}, "/models/*/v?"]]}]}
                        """);

        String bucket = "arn:aws:s3:::freshet-bucket";
        assertThat(policies.allow("catalog", "s3:GetObject", bucket + "/models/a/b/v1")).isTrue();
        assertThat(policies.allow("catalog", "s3:GetObject", bucket + "/models/a/v12")).isFalse();
        assertThat(policies.allow("catalog", "s3:GetObject", bucket + "/models.a/v1")).isFalse();
    }

    @Test
    void aStatementForCallsThroughAServiceAllowsNoCallOfTheFunctionItself() throws Exception {
        RolePolicies policies =
                with(
                        """
                        {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
                         "Condition": {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}}
                        """);

        assertThat(policies.allow("catalog", "kms:Decrypt", "key")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}",
                "{\"Effect\": \"Allow\", \"NotAction\": \"s3:*\", \"Resource\": \"*\"}",
                "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"NotResource\": \"*\"}",
                """
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                 "Condition": {"Bool": {"aws:SecureTransport": true}}}
                """,
                """
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                 "Condition": {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}}
                """
            })
    void whatIsNotUnderstoodIsRefused(String statement) {
        assertThatThrownBy(() -> with(statement)).isInstanceOf(IllegalArgumentException.class);
    }
}
