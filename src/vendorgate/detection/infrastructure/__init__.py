"""Files that describe infrastructure: Terraform, Bicep and ARM, CloudFormation and SAM, Pulumi, policies of IAM.

In: path and text of one file, the catalogue. Out: sightings of kind `iac`: resources that set up a vendor's service,
and rights to call one. A right names the platform alone, unless it is for certain models.
"""
