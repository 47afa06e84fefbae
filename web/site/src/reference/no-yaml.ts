// In place of yaml, with which Redoc's converter of Swagger 2 reads what it converts: this document is OpenAPI 3.

export default {};
